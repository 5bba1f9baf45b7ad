/* What was billed, paid and is due, by month, client and currency: less what was taken back and given back. */
import { report_billing } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { minus } from './rest';

export interface BilledRow { month: string; client_id: string; client: string; currency: string; billed: string; paid: string; due: string; resting: string }

export function useBilling() {
  const { data, refusal } = useAsk(report_billing);
  const rows = data?.items.map((row): BilledRow => ({
    month: row.month_day ?? '', client_id: row.client_id ?? '', client: row.client_name ?? '', currency: row.currency ?? '',
    billed: minus(row.billed, row.credited).amount ?? '0', paid: minus(row.paid, row.refunded).amount ?? '0', due: row.due.amount, resting: row.resting.amount,
  }));
  return { data: rows, refusal };
}
