/* The frame of a page's content, its panels, and what stands where there is nothing yet. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Refusal } from '../api/ask';
import { MOST, useCut } from '../api/query';
import { Icon, type Picture } from './icon';
import { hasMessage, say, sayOne, type Key } from '../messages';

interface PageProps {
  title: string;
  of?: string | null | undefined; // the name of what it is a page of: in the window's title, and at the head of each printed sheet
  eyebrow?: ComponentChildren;
  state?: ComponentChildren;
  acts?: ComponentChildren;
  children: ComponentChildren;
}

export function Page({ title, of, eyebrow, state, acts, children }: PageProps) {
  const isCut = useCut();
  useEffect(() => { document.title = [title, of, 'waymark'].filter(Boolean).join(' · '); }, [title, of]);
  return (
    <div class="page">
      <header class="head">
        <div class="lead">
          {eyebrow && <div class="eyebrow">{eyebrow}</div>}
          <div class="title"><h1 tabIndex={-1}>{title}</h1>{state}</div>
        </div>
        {acts && <div class="acts">{acts}</div>}
      </header>
      {isCut && <div class="note wait" role="status">{say('common.cut', { count: MOST })}</div>}
      {children}
    </div>
  );
}

interface PanelProps {
  title?: string | undefined;
  acts?: ComponentChildren;
  flush?: boolean; // a table or list that reaches the edges
  children: ComponentChildren;
}

export function Panel({ title, acts, flush, children }: PanelProps) {
  return (
    <section class="panel">
      {(title || acts) && <header>{title && <h2>{title}</h2>}{acts && <div class="acts">{acts}</div>}</header>}
      {flush ? children : <div class="body">{children}</div>}
    </section>
  );
}

export function Facts({ facts }: { facts: [string, ComponentChildren][] }) {
  return <dl class="facts">{facts.map(([name, value]) => <><dt>{name}</dt><dd>{value ?? '–'}</dd></>)}</dl>;
}

export interface FigureRow { name: string; value: ComponentChildren; below?: ComponentChildren }

export function Figures({ rows }: { rows: FigureRow[] }) {
  return (
    <dl class="figures">
      {rows.map(({ name, value, below }) => (
        <div class="figure"><dt>{name}</dt><dd>{value}{below && <div class="faint">{below}</div>}</dd></div>
      ))}
    </dl>
  );
}

interface EmptyProps { icon?: Picture; title: string; text?: string; children?: ComponentChildren }

export function Empty({ icon, title, text, children }: EmptyProps) {
  return <div class="empty">{icon && <Icon of={icon} />}<strong>{title}</strong>{text && <p>{text}</p>}{children}</div>;
}

/* Where it is wrong: "Price (in number 3)" for plan/milestones/2/price. */
function placeOf(field: string) {
  const parts = field.split('/');
  const at = parts.findLast((part) => /^\d+$/.test(part));
  const last = parts.findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (!hasMessage(`field.${last}`)) return null; // a state, say: nothing that somebody fills in
  const name = sayOne('field', last);
  return at === undefined ? name : say('edit.nth', { name, at: Number(at) + 1 });
}

const asSentence = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/* Why it did not work, and what to do now. */
export function Problem({ refusal }: { refusal: Refusal }) {
  const advice: string = `advice.${refusal.slug}`;
  const place = refusal.field ? placeOf(refusal.field) : null;
  const { said, detail } = refusal;
  return (
    <div class="note bad" role="alert">
      <strong>{sayOne('problem', refusal.slug)}</strong>
      {detail && <span {...(said == null ? { lang: 'en', dir: 'ltr' } : {})}>{place ? say('edit.at_field', { field: place, detail }) : asSentence(detail)}</span>}
      {hasMessage(advice) && <span class="soft">{say(advice as Key)}</span>}
    </div>
  );
}

/* A refusal that names a field is read there: whoever filled in the form is led to it, or else to what it says. */
export function leadTo(refusal: Refusal | undefined, form: Element | null) {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (refusal?.field && field) field.focus();
  else if (refusal) form?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' });
}

interface ShownProps<T> {
  of: { data: T | undefined; refusal: Refusal | undefined };
  children: (data: NonNullable<T>) => ComponentChildren;
}

/* What was asked for, or that it is on its way, or why it cannot be shown. */
export function Shown<T>({ of, children }: ShownProps<T>) {
  if (of.data != null) return <>{children(of.data)}</>;
  if (of.refusal) return <Problem refusal={of.refusal} />;
  return <div class="stack" aria-busy="true"><div class="waiting" /><div class="waiting tall" /><span class="hidden" role="status">{say('common.loading')}</span></div>;
}
