/* What the server refuses with is a sentence in English. Here it is found again in the English catalogue, and said in
   the person's language; one that stands in no catalogue stays as it came. */
import en from './en/index';
import { currentLanguage, day, hasMessage, money, number, say, sayOne, type Key } from './index';

interface Pattern { key: Key; names: string[]; text: RegExp }

const AMOUNT = /^(-?[\d.]+) ([A-Z]{3})$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const AMOUNTS = new Set(['amount', 'difference', 'sum']); // names of amounts with their currency

const DECIMALS = 4; // of a percentage, as many as it can have

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf(key: Key, text: string): Pattern {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const parts = text.split(/\{\w+\}/).map((part, place) => {
    const name = names[place];
    return literal(part) + (name ? AMOUNTS.has(name) ? '(-?[\\d.]+ [A-Z]{3})' : '(.*?)' : '');
  });
  return { key, names, text: new RegExp(`^${parts.join('')}$`, 's') };
}

let patterns: Pattern[] | undefined;

/* The one that says most comes first: "there is no such client" before "there is no such {thing}". */
const allPatterns = () => (patterns ??= Object.entries(en as Record<string, unknown>)
  .filter((entry): entry is [Key, string] => entry[0].startsWith('refusal.'))
  .sort(([, one], [, other]) => other.replace(/\{\w+\}/g, '').length - one.replace(/\{\w+\}/g, '').length)
  .map(([key, text]) => patternOf(key, text)));

/* ---- what stands in the sentence ---- */

/* A state or role of the server, which English has in the sentence already. */
function named(text: string) {
  if (currentLanguage() === 'en') return text;
  const slug = text.replaceAll(' ', '_');
  return hasMessage(`word.${slug}`) ? say(`word.${slug}` as Key) : hasMessage(`value.${slug}`) ? sayOne('value', slug) : text;
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

/* The same in the person's language; null where no catalogue has it. */
export function sayRefusal(english: string): string | null {
  for (const { key, names, text } of allPatterns()) {
    const found = text.exec(english);
    if (found) return say(key, Object.fromEntries(names.map((name, place) => [name, readable(name, found[place + 1] ?? '')])));
  }
  return null;
}
