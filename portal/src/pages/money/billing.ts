/* What was billed, paid and is due, by month, client and currency. */
import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../api/ask';
import { list_invoices, list_payments } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { askAll } from '../../api/query';
import { fromMinor, toMinor } from '../../form/amount';
import type { Money } from '../../messages';
import { isInvoice, isOpen } from './invoice_list';
import { openOf } from './rest';

export interface BilledRow { month: string; client_id: string; currency: string; billed: string; paid: string; due: string }
type What = 'billed' | 'paid' | 'due';

function summed() {
  const rows = new Map<string, { month: string; client_id: string; currency: string } & Record<What, bigint>>();
  const add = (day: string | null, client: string | null, money: Money, what: What, sign = 1n) => {
    const month = `${(day ?? '').slice(0, 7)}-01`;
    const currency = money.currency ?? 'EUR';
    const key = [month, client, currency].join(' ');
    const row = rows.get(key) ?? { month, client_id: client ?? '', currency, billed: 0n, paid: 0n, due: 0n };
    row[what] += sign * (toMinor(money.amount, currency) ?? 0n);
    rows.set(key, row);
  };
  const all = (): BilledRow[] => [...rows.values()].map((row) => ({
    ...row, billed: fromMinor(row.billed, row.currency), paid: fromMinor(row.paid, row.currency), due: fromMinor(row.due, row.currency),
  }));
  return { add, all };
}

async function read(): Promise<BilledRow[]> {
  const [invoices, payments] = await Promise.all([askAll(list_invoices, {}), askAll(list_payments, {})]) as
    [components['schemas']['invoice_summary'][], components['schemas']['payment_summary'][]];
  const sums = summed();
  for (const one of invoices) {
    sums.add(one.issue_day, one.client_id, one.total, 'billed', isInvoice(one) ? 1n : -1n);
    if (isOpen(one)) sums.add(one.due_day, one.client_id, openOf(one), 'due');
  }
  for (const one of payments) if (one.state !== 'reversed') sums.add(one.received_day, one.client_id, one.amount, 'paid');
  return sums.all().sort((one, other) => one.month.localeCompare(other.month));
}

export function useBilling() {
  const [state, set] = useState<{ data: BilledRow[] | undefined; refusal: Refusal | undefined }>({ data: undefined, refusal: undefined });
  useEffect(() => { read().then((data) => set({ data, refusal: undefined }), (refusal) => set({ data: undefined, refusal })); }, []);
  return state;
}
