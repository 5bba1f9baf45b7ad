/* Rows as a file: CSV (RFC 4180, UTF-8), or XLSX by write-excel-file, which is loaded when it is wanted. */
import { Download } from 'lucide';
import { useState } from 'preact/hooks';
import type { Refusal } from '../api/ask';
import { say, sayOne, type Money } from '../messages';
import { Button } from './button';
import { Icon } from './icon';
import { Problem } from './page';
import type { Column } from './table';

type Format = 'csv' | 'xlsx';
type Plain = string | number | null | undefined;
export type Exported = Plain | Money; // an amount is a number in the file, its currency stands at the end of the row

const BLINK_MS = 400;
const EXACT_DIGITS = 15; // as many as a spreadsheet keeps

const isMoney = (value: Exported): value is Money => typeof value === 'object' && value !== null;
const exportedOf = <T,>(columns: Column<T>[]) => columns.filter((column) => column.plain);

/* The heading and the rows, as they are in the file. */
function cellsOf<T>(columns: Column<T>[], rows: T[]): Plain[][] {
  const values = rows.map((row) => columns.map((column) => column.plain!(row)));
  const isOfMoney = values.some((row) => row.some(isMoney)) && !columns.some((column) => column.title === sayOne('field', 'currency'));
  const currencies = (row: Exported[]) => [...new Set(row.filter(isMoney).filter((value) => value.amount).map((value) => value.currency))].join(' ');
  return [
    [...columns.map((column) => column.title), ...(isOfMoney ? [sayOne('field', 'currency')] : [])],
    ...values.map((row) => [...row.map((value) => (isMoney(value) ? value.amount : value)), ...(isOfMoney ? [currencies(row)] : [])]),
  ];
}

/* ---- the files ---- */

const quoted = (value: Plain) => {
  const text = value == null ? '' : String(value);
  // A leading = + - @ would be a formula to a spreadsheet: CSV injection, CWE-1236. Numbers stay as they are.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const csvOf = async (cells: Plain[][]) =>
  new Blob(['\uFEFF', cells.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')], { type: 'text/csv;charset=utf-8' });

/* An amount that a spreadsheet can hold exactly is a number to it, with the digits that it came with. */
function cellOf(value: Plain, isNumber: boolean | undefined) {
  if (value == null || value === '') return null;
  const [, fraction] = (isNumber && /^-?\d+(?:\.(\d+))?$/.exec(String(value))) || [];
  const isExact = isNumber && /^-?[\d.]+$/.test(String(value)) && String(value).replace(/\D/g, '').length <= EXACT_DIGITS;
  return isExact && typeof value === 'string' ? { value: Number(value), format: fraction ? `#,##0.${'0'.repeat(fraction.length)}` : '#,##0' } : { value };
}

async function xlsxOf<T>([heading = [], ...rows]: Plain[][], columns: Column<T>[]) {
  const { default: writeExcelFile } = await import('write-excel-file/universal');
  const data = [
    heading.map((title) => ({ value: String(title), fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map((value, at) => cellOf(value, columns[at]?.number))),
  ];
  return writeExcelFile(data as never).toBlob();
}

function download(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/* ---- what a person sees of it ---- */

interface ExportProps<T> {
  name: string; // of the file
  columns: Column<T>[];
  rows: (told: (count: number) => void) => T[] | Promise<T[]>; // all of them, telling how many it has so far
}

export function Export<T>({ name, columns, rows }: ExportProps<T>) {
  const [busy, setBusy] = useState(false);
  const [count, setCount] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const kept = exportedOf(columns);
  const save = async (format: Format) => {
    const begun = Date.now();
    setBusy(true);
    setRefusal(undefined);
    try {
      const cells = cellsOf(kept, await rows((some) => { if (Date.now() - begun > BLINK_MS) setCount(some); }));
      download(await (format === 'csv' ? csvOf(cells) : xlsxOf(cells, kept)), `${name}.${format}`);
    } catch (no) { setRefusal(no as Refusal); }
    setBusy(false);
    setCount(undefined);
  };
  if (kept.length === 0) return null;
  const button = (format: Format, text: string) => (
    <Button tone="plain" small busy={busy} label={`${text}: ${name}`} onClick={() => { void save(format); }}><Icon of={Download} />{text}</Button>
  );
  return (
    <div class="export">
      {refusal && <Problem refusal={refusal} />}
      <span class="faint" role="status">{count !== undefined && say('common.exporting', { count })}</span>
      {button('csv', 'CSV')}{button('xlsx', 'XLSX')}
    </div>
  );
}
