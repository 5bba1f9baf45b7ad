/* Words, amounts and days in the person's language. */
import { decimalsOf } from './decimals';
import en from './en/first';
import type otherEn from './en/rest';
import { declare, firstWords, otherWords, type Language } from './languages';

export { isLanguage, LANGUAGES, type Language } from './languages';
export type Key = keyof typeof en | keyof typeof otherEn;
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
type Messages = Record<string, Message>;

let language: Language = 'en';
let messages: Messages = en;
let plural = new Intl.PluralRules('en');
let region = 'en';
let hasAll = false; // or only what the first page says

export const currentLanguage = () => language;

async function change(wanted: Language, all: boolean) {
  const [first, other] = await Promise.all([
    wanted === 'en' ? { default: en } : firstWords[wanted](),
    all ? otherWords[wanted]() : { default: {} },
  ]);
  messages = { ...first.default as Messages, ...other.default as Messages };
  hasAll = all;
  language = wanted;
  region = navigator.languages.find((one) => one.split('-')[0] === wanted) ?? wanted;
  plural = new Intl.PluralRules(wanted);
  declare(wanted);
}

let last = Promise.resolve();

/* One change after the other: a page that comes while the language changes is to have its words in the new one. */
function inTurn(next: () => Promise<void>) {
  const done = last.then(next);
  last = done.catch(() => {});
  return done;
}

export const speak = (wanted: Language) => inTurn(() => change(wanted, hasAll));

/* For every page but the first, which says less. */
export const speakOfAll = () => inTurn(async () => { if (!hasAll) await change(language, true); });

export type Values = Record<string, string | number | null | undefined>;

/* From right to left a number, a day or a name keeps its own order among words: 2016-0001 would read 0001-2016. */
const apart = (text: string) => (text && document.documentElement.dir === 'rtl' ? `\u2068${text}\u2069` : text);

/* A message with its values in their places. */
export function worded(message: Message, values: Values): string {
  const text = typeof message === 'string' ? message : message[plural.select(Number(values.count))] ?? message.other ?? '';
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return apart(typeof value === 'number' ? number(value) : value ?? '');
  });
}

export const say = (key: Key, values: Values = {}): string => worded(messages[key] ?? key, values);

/* A text whose key is made of parts, such as the name of a state; the last part where there is none. */
export function sayOne(part: 'field' | 'value' | 'act' | 'about' | 'problem' | 'turn' | 'event' | 'account', name: string): string {
  const message = messages[`${part}.${name}`];
  return typeof message === 'string' ? message : name.replaceAll('_', ' ');
}
export const hasMessage = (key: string) => key in messages;

/* A state or a choice, as it is said of one kind of thing or in one field: in the words of that alone, else in the feminine where that is the
   gender of the kind. */
export function sayState(of: string, state: string | null | undefined): string {
  const isFeminine = say('grammar.feminine').split(' ').includes(of);
  const name = [`${of}.${state}`, isFeminine && `${state}.f`].find((one) => one && hasMessage(`value.${one}`));
  return sayOne('value', name || (state ?? ''));
}
export const keysOf = (part: string) => Object.keys(messages).filter((key) => key.startsWith(`${part}.`));

/* ---- numbers, money, days ---- */

const formats = new Map<string, unknown>();

/* Made once for each region: to make one costs more than hundreds of uses. */
function formatOf<F, const O extends object>(Format: new (region: string, options: O) => F, options: O, where = region): F {
  const key = `${Format.name} ${where} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Format(where, options));
  return formats.get(key) as F;
}

export interface Money { amount: string | null; currency: string | null }

export function number(value: number, digits = 3) { return formatOf(Intl.NumberFormat, { maximumFractionDigits: digits }).format(value); }

export function percent(ppm: number | null | undefined, digits = 0) {
  return ppm == null ? '–' : formatOf(Intl.NumberFormat, { style: 'percent', maximumFractionDigits: digits }).format(ppm / 1e6);
}

/* Exact: the amount stays text all the way. From right to left the currency's sign is isolated, or US$ would read as $US. */
function inCurrency(amount: string, format: Intl.NumberFormat) {
  if (document.documentElement.dir !== 'rtl') return format.format(amount as unknown as number);
  return apart(format.formatToParts(amount as unknown as number)
    .map(({ type, value }) => (type === 'currency' ? `\u2066${value}\u2069` : value)).join(''));
}

export function money(value: Money | null | undefined, options: Intl.NumberFormatOptions = {}) {
  if (!value?.amount || !value.currency) return '–';
  const digits = decimalsOf(value.currency);
  return inCurrency(value.amount, formatOf(Intl.NumberFormat,
    { style: 'currency', currency: value.currency, minimumFractionDigits: digits, maximumFractionDigits: digits, ...options }));
}

/* With all decimals that it has: an amount before it is rounded. */
export const exactly = (value: Money) => money(value, { maximumFractionDigits: 20 });

/* By how much an amount changed: its sign is said either way. */
export const difference = (value: Money) => money(value, { signDisplay: 'exceptZero' });

const dayFormats = {
  short: { day: 'numeric', month: 'short' }, // where its year stands beside it
  medium: { dateStyle: 'medium' },
  long: { dateStyle: 'long' },
} as const;

const isThisYear = (value: string) => value.slice(0, 4) === today().slice(0, 4);

/* A near one is told without its year, if it is this year's. */
export function day(value: string | null | undefined, style: keyof typeof dayFormats | 'near' = 'medium') {
  if (!value) return '–';
  const format = dayFormats[style !== 'near' ? style : isThisYear(value) ? 'short' : 'medium'];
  const text = formatOf(Intl.DateTimeFormat, { ...format, timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));
  return apart(text.replaceAll(' ', '\u00a0')); // a day stays on one line
}

/* From one day to another; one day where they are the same, or only one is there. */
export function days(from: string | null | undefined, to: string | null | undefined, style: keyof typeof dayFormats | 'near' = 'medium') {
  return from && to && from !== to ? `${day(from, style)} – ${day(to, style)}` : day(from ?? to, style);
}

export function month(value: string | null | undefined) {
  if (!value) return '–';
  return apart(formatOf(Intl.DateTimeFormat, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`)));
}

const clockOf = { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;

/* In the reader's time zone, or in another one, which is then named. */
export function moment(value: string | null | undefined, timeZone?: string | null) {
  if (!value) return '–';
  const format = timeZone ? { ...clockOf, timeZone } : { dateStyle: 'medium', timeStyle: 'short' } as const;
  return apart(formatOf(Intl.DateTimeFormat, format).format(new Date(value)));
}

export function minutes(value: number | null | undefined) {
  if (value == null) return '–';
  return formatOf(Intl.NumberFormat, { style: 'unit', unit: 'hour', maximumFractionDigits: 2 }).format(value / 60);
}

/* What a calendar in a time zone says, or in that of this device: 2016-06-27, as people write it in Canada. */
const calendarDay = (at: Date, timeZone: string | null | undefined) => formatOf(Intl.DateTimeFormat, timeZone ? { timeZone } : {}, 'en-CA').format(at);

/* The day that a moment falls on. */
export const dayOf = (moment: string | null | undefined, timeZone?: string | null) => (moment ? calendarDay(new Date(moment), timeZone) : undefined);

export const today = (timeZone?: string | null) => calendarDay(new Date(), timeZone);

/* How far a day is from today, in words: "in 3 days". */
export function distance(value: string | null | undefined, timeZone?: string | null) {
  if (!value) return '';
  const days = Math.round((Date.parse(value) - Date.parse(today(timeZone))) / 86_400_000);
  return formatOf(Intl.RelativeTimeFormat, { numeric: 'auto' }).format(days, 'day');
}
