/* Finding things by a word, as one types. The key / leads here from anywhere, Escape back. */
import { Search as Glass } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { search } from '../api/generated/first_operations';
import type { components } from '../api/generated/types';
import { useAsk } from '../api/query';
import { homeOf } from '../api/session';
import { Icon } from '../design/icon';
import { say, sayOne } from '../messages';
import { whereThing } from './names';
import './search.css';

type Hit = components['schemas']['search_hit'];

const LEAST = 2;
const PAUSE_MS = 200;

const placeOf = (hit: Hit) => whereThing(hit.kind, hit.id, hit.engagement_id) ?? homeOf();

/* What was typed, once the typing pauses. */
function useSettled(text: string) {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function useSlash(focus: () => void) {
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      focus();
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
}

interface ResultsProps { id: string; hits: Hit[]; hasMore: boolean; at: number }

function Results({ id, hits, hasMore, at }: ResultsProps) {
  return (
    <div class="found" id={id} role="listbox" aria-label={say('search.results')}>
      {hits.map((hit, place) => (
        <a id={`${id}-${place}`} role="option" aria-selected={place === at ? 'true' : 'false'} tabIndex={-1} href={placeOf(hit)}>
          <span class="faint">{sayOne('value', hit.kind ?? '')}</span>
          <span><strong>{hit.title}</strong>{hit.snippet && <span class="soft"> {hit.snippet}</span>}</span>
        </a>
      ))}
      {hits.length === 0 && <p class="faint" role="option" aria-selected="false">{say('search.none')}</p>}
      {hasMore && <p class="faint" role="option" aria-selected="false">{say('search.more')}</p>}
    </div>
  );
}

export function Search() {
  const { route, url } = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const [text, type] = useState('');
  const [isOpen, open] = useState(false);
  const [at, choose] = useState(0);
  const id = useId();
  const wanted = useSettled(text.trim());
  const isWanted = wanted.length >= LEAST && text.trim().length >= LEAST;
  const asked = useAsk(search, isWanted ? { query: { q: wanted } } : null);
  const hits = asked.data?.items ?? [];
  const isCurrent = wanted === text.trim() && !!asked.data; // and not of what was typed before
  const isAwaited = useRef(false);
  const isShown = isOpen && isWanted && !!asked.data;
  useSlash(() => { input.current?.focus(); input.current?.select(); });
  useEffect(() => choose(0), [wanted]);
  useEffect(() => { open(false); type(''); }, [url]);
  const go = (hit: Hit | undefined) => { if (hit) { route(placeOf(hit)); input.current?.blur(); } };
  const goWhenThere = () => {
    isAwaited.current = !isCurrent;
    if (isCurrent) go(hits[at]);
  };
  useEffect(() => {
    if (isCurrent && isAwaited.current) { isAwaited.current = false; go(hits[0]); }
  }, [isCurrent]);
  const keys: Record<string, () => void> = {
    ArrowDown: () => choose(Math.min(at + 1, hits.length - 1)), ArrowUp: () => choose(Math.max(at - 1, 0)), Enter: goWhenThere,
    Escape: () => { open(false); type(''); input.current?.blur(); },
  };
  return (
    <search class="search" onFocusOut={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) open(false); }}>
      <Icon of={Glass} />
      <input ref={input} class="input" type="text" role="combobox" aria-label={say('search.label')} placeholder={say('search.hint')} autocomplete="off"
        aria-expanded={isShown} aria-controls={isShown ? id : undefined} aria-activedescendant={isShown && hits.length > 0 ? `${id}-${at}` : undefined}
        value={text} onFocus={() => open(true)} onInput={(event) => { isAwaited.current = false; type(event.currentTarget.value); open(true); }}
        onKeyDown={(event) => { const act = keys[event.key]; if (act) { event.preventDefault(); act(); } }} />
      {isShown && <Results id={id} hits={hits} hasMore={asked.data?.has_more ?? false} at={at} />}
    </search>
  );
}
