/* A word that something was done; gone after a while. */
import { useReducer, useEffect } from 'preact/hooks';

const SHOWN_MS = 5000;
let texts: string[] = [];
let show = () => {};

export function toast(text: string) {
  texts = [...texts, text];
  show();
  setTimeout(() => { texts = texts.slice(1); show(); }, SHOWN_MS);
}

export function Toasts() {
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  useEffect(() => { show = () => rerender(undefined); }, []);
  return <div class="toasts" role="status">{texts.map((text) => <div class="toast">{text}</div>)}</div>;
}
