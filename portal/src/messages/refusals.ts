/* What the server refuses with is a sentence in English. Here it is found again in the English catalogue, and said in
   the person's language; one that stands in no catalogue stays as it came. The catalogues come when they are needed. */
import { useEffect, useReducer } from 'preact/hooks';
import { currentLanguage, day, hasMessage, money, number, sayOne, worded, type Language, type Message } from './index';

type Sentences = Record<string, Message>;

interface Pattern { key: string; names: string[]; text: RegExp }

const catalogues: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import('./en/refusals.json'),
  de: () => import('./de/refusals.json'),
  fr: () => import('./fr/refusals.json'),
  es: () => import('./es/refusals.json'),
  ar: () => import('./ar/refusals.json'),
};

const AMOUNT = /^(-?[\d.]+) ([A-Z]{3})$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const AMOUNTS = new Set(['amount', 'difference', 'sum']); // names of amounts with their currency

const DECIMALS = 4; // of a percentage, as many as it can have

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf(key: string, text: string): Pattern {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const parts = text.split(/\{\w+\}/).map((part, place) => {
    const name = names[place];
    return literal(part) + (name ? AMOUNTS.has(name) ? '(-?[\\d.]+ [A-Z]{3})' : '(.*?)' : '');
  });
  return { key, names, text: new RegExp(`^${parts.join('')}$`, 's') };
}

/* The one that says most comes first: "there is no such client" before "there is no such {thing}". */
const patternsOf = (english: Sentences) => Object.entries(english as Record<string, string>)
  .filter(([key]) => key.startsWith('refusal.'))
  .sort(([, one], [, other]) => other.replace(/\{\w+\}/g, '').length - one.replace(/\{\w+\}/g, '').length)
  .map(([key, text]) => patternOf(key, text));

let known: { language: Language; patterns: Pattern[]; sentences: Sentences } | undefined;

/* Sees to it that sayRefusal knows the person's language. */
export async function knowRefusals() {
  const language = currentLanguage();
  if (known?.language === language) return;
  const [english, sentences] = (await Promise.all([catalogues.en(), catalogues[language]()])).map((one) => one.default as Sentences);
  known = { language, patterns: patternsOf(english!), sentences: sentences! };
}

/* For a page that shows refusals which were no answer to what it asked. */
export function useRefusals() {
  const [, show] = useReducer((count: number) => count + 1, 0);
  useEffect(() => { void knowRefusals().then(() => show(undefined), () => null); }, []);
  return sayRefusal;
}

/* ---- what stands in the sentence ---- */

/* A state or role of the server, which English has in the sentence already. */
function named(text: string) {
  if (currentLanguage() === 'en') return text;
  const slug = text.replaceAll(' ', '_');
  const word = known?.sentences[`word.${slug}`];
  return word ? worded(word, {}) : hasMessage(`value.${slug}`) ? sayOne('value', slug) : text;
}

const counted = (text: string) => (text !== '' && Number.isFinite(Number(text)) ? number(Number(text), DECIMALS) : text);

const readings: Record<string, (text: string) => string> = {
  state: named, role: named, kind: named, relation: named,
  count: counted, least: counted, most: counted, limit: counted, percent: counted, before: counted,
  why: (text) => sayRefusal(text) ?? text,
};

function readable(name: string, text: string) {
  if (DAY.test(text)) return day(text);
  const amount = AMOUNT.exec(text);
  return amount ? money({ amount: amount[1]!, currency: amount[2]! }) : readings[name]?.(text) ?? text;
}

/* The same in the person's language; null where no catalogue has it, or is here yet. */
export function sayRefusal(english: string): string | null {
  if (known?.language !== currentLanguage()) return null;
  for (const { key, names, text } of known.patterns) {
    const found = text.exec(english);
    if (found) return worded(known.sentences[key] ?? english, Object.fromEntries(names.map((name, place) => [name, readable(name, found[place + 1] ?? '')])));
  }
  return null;
}
