import type { ComponentChildren } from 'preact';

interface ButtonProps {
  children: ComponentChildren;
  tone?: 'strong' | 'bad' | 'plain' | undefined;
  small?: boolean;
  busy?: boolean;
  type?: 'button' | 'submit';
  label?: string; // where only an icon is seen
  opens?: { id: string; isOpen: boolean }; // what it opens and closes
  onClick?: (event: MouseEvent) => void;
}

export function Button({ children, tone, small, busy, type = 'button', label, opens, onClick }: ButtonProps) {
  const look = `button ${tone ?? ''} ${small ? 'small' : ''}`;
  return (
    <button type={type} class={look} aria-label={label} title={label} aria-disabled={busy ? 'true' : undefined} aria-expanded={opens?.isOpen} aria-controls={opens?.id}
      onClick={(event) => { if (busy) event.preventDefault(); else onClick?.(event); }}>
      {children}
    </button>
  );
}
