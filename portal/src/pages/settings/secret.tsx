/* A secret, told once. */
import { Button } from '../../design/button';
import { CopyButton } from '../../design/copy';
import { Dialog } from '../../design/dialog';
import { say } from '../../messages';

export function Secret({ title, secret, close }: { title: string; secret: string | null; close: () => void }) {
  return (
    <Dialog title={title} close={close} footer={<Button tone="strong" onClick={close}>{say('secret.kept')}</Button>}>
      <div class="note wait">{say(secret ? 'secret.once' : 'secret.gone')}</div>
      {secret && <div class="row" style={{ flexWrap: 'nowrap' }}><output class="code pre">{secret}</output><CopyButton text={secret} what={say('secret.one')} /></div>}
    </Dialog>
  );
}
