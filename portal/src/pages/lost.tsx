/* What stands where a page could not be loaded or drawn. It is asked for with all else: a newer server has other files. */
import { ErrorBoundary as Waiting } from 'preact-iso';
import { Component, type ComponentChildren } from 'preact';
import { Button } from '../design/button';
import { Page } from '../design/page';
import { say } from '../messages';

function Lost({ title, text }: { title: string; text: string }) {
  return (
    <Page title={title}>
      <div class="note bad" role="alert">
        <span>{text}</span>
        <div class="acts"><Button small onClick={() => location.reload()}>{say('common.try_again')}</Button></div>
      </div>
    </Page>
  );
}

export const Unloaded = () => <Lost title={say('common.unloaded')} text={say('common.unloaded_text')} />;

interface GuardProps { at: string; children: ComponentChildren }

/* A page that cannot be drawn is told in its place, until one goes to another. */
export class Guard extends Component<GuardProps, { brokenAt: string | null }> {
  override state = { brokenAt: null };

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ brokenAt: this.props.at });
  }

  override render({ at, children }: GuardProps) {
    return <Waiting>{this.state.brokenAt === at ? <Lost title={say('common.broken')} text={say('common.broken_text')} /> : children}</Waiting>;
  }
}
