/* The one next step of a page: what is to be decided, what follows, and the buttons for it. */
import type { ComponentChildren } from 'preact';
import './sales.css';

export function Next({ title, text, children }: { title: string; text?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <section class="next" aria-label={title}>
      <div class="words"><strong>{title}</strong>{text && <span class="soft">{text}</span>}</div>
      {children && <div class="acts">{children}</div>}
    </section>
  );
}
