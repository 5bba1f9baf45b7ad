/* A value that people carry elsewhere: to the bank, to a program. */
import { Check, Copy } from 'lucide';
import { useState } from 'preact/hooks';
import { say } from '../messages';
import { Button } from './button';
import { Icon } from './icon';

const SHOWN_MS = 2000;

async function put(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea'); // over plain HTTP there is no clipboard to ask
  area.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  return undefined;
}

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await put(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return <Button tone="plain" small label={say(isCopied ? 'copy.done' : 'copy.what', { what })} onClick={copy}><Icon of={isCopied ? Check : Copy} /></Button>;
}

export function Copied({ text, what }: { text: string; what: string }) {
  return <span class="row" style={{ gap: '0.25rem' }}><span class="code">{text}</span><CopyButton text={text} what={what} /></span>;
}
