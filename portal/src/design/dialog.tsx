import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { say } from '../messages';
import { Button } from './button';
import { Icon } from './icon';

interface DialogProps {
  title: string;
  narrow?: boolean | undefined;
  busy?: boolean; // what was sent cannot be taken back: it is left when the answer is there
  close: () => void;
  onSubmit?: () => void; // makes it a form
  footer?: ComponentChildren;
  children: ComponentChildren;
}

/* Says of every control that is missing, or in which half a day stands, that it is, all at once, and leads to the first; the server
   says whatever else is wrong. What cannot be read would be left out of what is sent, and erase what was there. */
export function isComplete(form: HTMLFormElement) {
  const controls = [...form.elements] as HTMLInputElement[];
  const missing = controls.filter(({ validity }) => validity?.valueMissing || validity?.badInput);
  missing.forEach((one) => one.checkValidity()); // tells the control's label
  missing[0]?.focus();
  return missing.length === 0;
}

/* The browser's own modal dialog: it keeps the focus, and Escape leaves it. */
export function Dialog({ title, narrow, busy = false, close, onSubmit, footer, children }: DialogProps) {
  const place = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    place.current?.showModal();
    return () => before?.focus();
  }, []);
  const leave = (event: Event) => {
    if (event.target !== event.currentTarget) return; // somebody left the chooser of files, not the dialog
    event.preventDefault();
    if (!busy) close();
  };
  const shut = (event: Event) => { // by a browser that does not ask a second time
    if (event.target !== event.currentTarget) return;
    place.current?.showModal();
    if (!busy) close();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    event.stopPropagation(); // it may stand within the form of an editor
    if (isComplete(event.currentTarget as HTMLFormElement)) onSubmit?.();
  };
  const content = (
    <>
      <header>
        <h2 id={id}>{title}</h2>
        <Button tone="plain" small label={say('common.close')} busy={busy} onClick={close}><Icon of={X} /></Button>
      </header>
      <div class="body">{children}</div>
      <footer>{footer}</footer>
    </>
  );
  return (
    <dialog ref={place} class={narrow ? 'narrow' : ''} aria-labelledby={id} onCancel={leave} onClose={shut}>
      {onSubmit
        ? <form noValidate onSubmit={submit}>{content}</form>
        : <div class="inner">{content}</div>}
    </dialog>
  );
}
