/* Rows as a file: CSV (RFC 4180, UTF-8), or XLSX by write-excel-file, which is loaded when it is wanted. */
import type { Column } from './table';

const quoted = (value: unknown) => {
  const text = value == null ? '' : String(value);
  // A leading = + - @ would be a formula to a spreadsheet: CSV injection, CWE-1236. Numbers stay as they are.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

function download(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function exportRows<T>(format: 'csv' | 'xlsx', name: string, columns: Column<T>[], rows: T[]) {
  const kept = columns.filter((column) => column.plain);
  if (format === 'csv') {
    const lines = [kept.map((column) => quoted(column.title)), ...rows.map((row) => kept.map((column) => quoted(column.plain!(row))))];
    download(new Blob(['\uFEFF', lines.map((line) => `${line.join(',')}\r\n`).join('')], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
    return;
  }
  const { default: writeExcelFile } = await import('write-excel-file/universal');
  const cell = (value: string | number | null | undefined) => (value == null ? null : { value });
  const data = [kept.map((column) => ({ value: column.title, fontWeight: 'bold' as const })), ...rows.map((row) => kept.map((column) => cell(column.plain!(row))))];
  download(await writeExcelFile(data as never).toBlob(), `${name}.xlsx`);
}
