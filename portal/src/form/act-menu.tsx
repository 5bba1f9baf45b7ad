/* Acts that are done seldom, behind one button; the dialog of the chosen one stands outside of the menu. */
import { Ellipsis } from 'lucide';
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Name, Operation } from '../api/operation';
import { may } from '../api/session';
import { Button } from '../design/button';
import { Icon } from '../design/icon';
import { sayOne } from '../messages';
import { ActDialog, type ActProps } from './act';

export interface MenuItem { text: string; tone: 'bad' | 'plain'; isShown: boolean; dialog: (close: () => void) => VNode }

export const menuItem = <K extends Name>(props: ActProps<K>): MenuItem => ({
  text: props.text ?? sayOne('act', props.of.name),
  tone: props.tone === 'bad' ? 'bad' : 'plain',
  isShown: props.when !== false && may(props.of as Operation),
  dialog: (close) => <ActDialog {...props} close={close} />,
});

export function ActMenu({ label, items }: { label: string; items: MenuItem[] }) {
  const place = useRef<HTMLDetailsElement>(null);
  const [chosen, choose] = useState<MenuItem>();
  const latest = chosen && (items.find((item) => item.text === chosen.text) ?? chosen); // with what the page has read since
  const shut = () => { if (place.current) place.current.open = false; };
  const shown = items.filter((item) => item.isShown);
  if (shown.length === 0) return null;
  return (
    <>
      <details class="menu" ref={place} onKeyDown={(event) => { if (event.key === 'Escape') { shut(); place.current?.querySelector('summary')?.focus(); } }}
        onFocusOut={(event) => { if (!place.current?.contains(event.relatedTarget as Node | null)) shut(); }}>
        <summary class="button plain small" aria-label={label} title={label}><Icon of={Ellipsis} /></summary>
        <div>{shown.map((item) => <Button small tone={item.tone} onClick={() => { shut(); choose(item); }}>{item.text}</Button>)}</div>
      </details>
      {latest?.dialog(() => choose(undefined))}
    </>
  );
}
