/* Amounts as people type them, exact: no number of the language ever holds money. */
import { currentLanguage } from '../messages';
import { decimalsOf } from '../messages/decimals';

function separators() {
  const parts = new Intl.NumberFormat(currentLanguage()).formatToParts(12345.6);
  return { decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.', group: parts.find((part) => part.type === 'group')?.value ?? ',' };
}

/* "1.234,50" as "1234.50" has it: plain digits with a point, or null if it is no amount. What marks groups marks groups of three
   and nothing else: "1,50" is no amount where a comma does that. A point that could not mark groups is taken for what it is. */
export function readAmount(text: string): string | null {
  const { decimal, group } = separators();
  const plain = text.replace(/[\s\u00a0\u202f'’]/g, '');
  const grouped = new RegExp(`^(-?\\d{1,3}(?:[${group}]\\d{3})+|-?\\d+)(?:[${decimal}](\\d+))?$`).exec(plain);
  if (grouped) return grouped[1]!.replaceAll(group, '') + (grouped[2] ? `.${grouped[2]}` : '');
  return /^-?\d+\.\d+$/.test(plain) ? plain : null;
}

/* A kept amount as readAmount reads it back. */
export const writeAmount = (amount: string | null | undefined) => amount?.replace('.', separators().decimal) ?? '';

/* In minor units; null if it is no amount of that currency. */
export function toMinor(amount: string | null | undefined, currency: string): bigint | null {
  const digits = decimalsOf(currency);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount ?? '');
  if (!match || (match[3] ?? '').length > digits) return null;
  const minor = BigInt(match[2] + (match[3] ?? '').padEnd(digits, '0'));
  return match[1] ? -minor : minor;
}

export function fromMinor(minor: bigint, currency: string): string {
  const digits = decimalsOf(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${minor < 0n ? '-' : ''}${text.slice(0, cut)}${digits ? `.${text.slice(cut)}` : ''}`;
}

/* The exact sum; amounts that cannot be read count as nothing. */
export function sumOf(amounts: (string | null | undefined)[], currency: string): string {
  return fromMinor(amounts.reduce((sum, amount) => sum + (toMinor(amount, currency) ?? 0n), 0n), currency);
}
