/* A table; and one over a list of the API: sorted, filtered and paged by the server, as its address says. Each is exported whole. */
import { ArrowDown, ArrowUp, ChevronDown, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Answer, Input, Name, Operation } from '../api/operation';
import { askAll, useFirst } from '../api/query';
import { say } from '../messages';
import { Button } from './button';
import { useChosen } from './chosen';
import { Export, type Exported } from './export';
import { Icon } from './icon';
import { Problem } from './page';
import { useTyped } from './typed';

type Item<K extends Name> = Answer<K> extends { items: (infer I)[] | null } ? I : never;

export interface Column<T> {
  title: string;
  show: (row: T) => ComponentChildren;
  plain: ((row: T) => Exported) | null; // in an export; null where there is only something to do
  sort?: string; // the field that the list can be sorted by
  number?: boolean;
}

interface Filter { name: string; label: string; choices?: [string, string][]; isDay?: boolean }

interface ListProps<K extends Name> {
  of: Operation<K>;
  input?: Input<K>;
  columns: Column<Item<K>>[];
  filters?: Filter[];
  sort?: string;
  part?: string; // of its choices in the address, where another list is on the page
  name: string; // of the exported file, and of the table for those who hear it
  empty: ComponentChildren;
}

const PAGE = 50;
const MOST_PAGES = 40;

/* How many pages are shown, one below the other. */
const pagesOf = (chosen: string) => (/^[1-9]\d?$/.test(chosen) ? Math.min(Number(chosen), MOST_PAGES) : 1);

/* While a longer piece of the same list is on its way, what there was of it stays. */
function useKept<T>(rows: T[] | undefined, of: string) {
  const kept = useRef<{ of: string; rows: T[] } | null>(null);
  if (rows) kept.current = { of, rows };
  return rows ?? (kept.current?.of === of ? kept.current.rows : undefined);
}

export function List<K extends Name>({ of, input, columns, filters = [], sort: firstSort, part, name, empty }: ListProps<K>) {
  const { chosen, choose } = useChosen(part);
  const sort = chosen('sort') || firstSort;
  const pages = pagesOf(chosen('page'));
  const given = Object.fromEntries(filters.map((one) => [one.name, chosen(one.name)]).filter(([, value]) => value));
  const isFiltered = Object.keys(given).length > 0;
  const whole = { ...input, query: { ...(input?.query as object | undefined), ...(sort ? { sort } : {}), ...given } } as Input<K>;
  const asked = useFirst(of, whole, pages * PAGE);
  const answer = asked.data as { items: Item<K>[]; next_cursor: string | null } | undefined;
  const rows = useKept(answer?.items, JSON.stringify([of.name, whole]));
  const none = Object.fromEntries(filters.map((one) => [one.name, undefined]));

  if (rows?.length === 0 && !isFiltered) return <>{empty}</>;
  return (
    <>
      <div class="tools">
        {filters.map((one) => <FilterField filter={one} value={chosen(one.name)} set={(value) => choose({ [one.name]: value, page: undefined })} />)}
        {isFiltered && <Button tone="plain" small onClick={() => choose({ ...none, page: undefined })}><Icon of={X} />{say('common.clear_filters')}</Button>}
        <Export name={name} columns={columns} rows={async (told) => ((await askAll(of, whole, Infinity, told)) as { items: Item<K>[] }).items} />
      </div>
      {asked.refusal && <div class="tools"><Problem refusal={asked.refusal} /></div>}
      {(rows || !asked.refusal) && <Rows name={name} columns={columns} rows={rows} sort={sort} setSort={(wanted) => choose({ sort: wanted, page: undefined })} />}
      {rows && (!answer || answer.next_cursor) && <More pages={pages} isComing={!answer} show={(page) => choose({ page: String(page) }, true)} />}
    </>
  );
}

function More({ pages, isComing, show }: { pages: number; isComing: boolean; show: (page: number) => void }) {
  if (pages >= MOST_PAGES) return <div class="more"><span class="soft">{say('common.cut', { count: pages * PAGE })}</span></div>;
  return <div class="more" aria-busy={isComing}><Button small busy={isComing} onClick={() => show(pages + 1)}><Icon of={ChevronDown} />{say('common.more')}</Button></div>;
}

interface FilterProps { filter: Filter; value: string; set: (value: string) => void }

function FilterField({ filter, value, set }: FilterProps) {
  if (filter.choices) {
    return (
      <select class="input" style={{ inlineSize: 'auto' }} aria-label={filter.label} value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">{filter.label}: {say('common.all')}</option>
        {filter.choices.map(([key, text]) => <option value={key}>{text}</option>)}
        {value && !filter.choices.some(([key]) => key === value) && <option value={value}>{value}</option>}
      </select>
    );
  }
  return <TypedFilter filter={filter} value={value} set={set} />;
}

function TypedFilter({ filter, value, set }: FilterProps) {
  const typed = useTyped(value, set);
  if (!filter.isDay) return <input class="input" style={{ inlineSize: 'auto' }} type="search" placeholder={filter.label} aria-label={filter.label} {...typed} />;
  return (
    <label class="row" style={{ flexWrap: 'nowrap' }}>
      <span class="faint">{filter.label}</span>
      <input class="input" style={{ inlineSize: 'auto', minInlineSize: 0 }} type="date" {...typed} />
    </label>
  );
}

/* A column of things to do is not printed; the state stands at the head of a card. */
const lookOf = <T,>({ plain, number, title }: Column<T>) => (!plain ? 'doing' : number ? 'number' : title === say('common.state') ? 'stating' : '');

interface RowsProps<T> {
  name: string;
  columns: Column<T>[];
  rows: T[] | undefined;
  sort?: string | undefined;
  setSort?: (sort: string) => void;
  foot?: ComponentChildren;
}

/* file: the name of what is exported, where it says more than that of the table. */
export function Table<T>({ file, ...whole }: RowsProps<T> & { file?: string }) {
  const { name, columns, rows } = whole;
  return <><Rows {...whole} />{rows && rows.length > 0 && <Export name={file ?? name} columns={columns} rows={() => rows} />}</>;
}

/* A row stays the same row when others come or go: what is open in it stays about it. */
const idOf = (row: unknown) => (row as { id?: string | null }).id ?? undefined;

function Rows<T>({ name, columns, rows, sort, setSort, foot }: RowsProps<T>) {
  return (
    <div class={columns.length > 2 ? 'table many' : 'table'} tabIndex={0} role="region" aria-label={name}>
      <table>
        <thead><tr>{columns.map((column) => <Head column={column} sort={sort} setSort={setSort} />)}</tr></thead>
        <tbody>
          {rows
            ? rows.map((row) => <tr key={idOf(row)}>{columns.map((column) => <td class={lookOf(column)} data-title={column.title}>{column.show(row)}</td>)}</tr>)
            : [1, 2, 3].map(() => <tr>{columns.map(() => <td><div class="waiting" /></td>)}</tr>)}
          {rows?.length === 0 && <tr><td colSpan={columns.length} class="soft">{say('common.nothing_found')}</td></tr>}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

function Head<T>({ column, sort, setSort }: { column: Column<T>; sort?: string | undefined; setSort?: ((sort: string) => void) | undefined }) {
  const isRising = sort === column.sort;
  const isFalling = sort === `-${column.sort}`;
  const look = lookOf(column);
  if (!column.title) return <td class={look} />;
  if (!column.sort || !setSort) return <th scope="col" class={look}>{column.title}</th>;
  return (
    <th scope="col" class={look} aria-sort={isRising ? 'ascending' : isFalling ? 'descending' : 'none'}>
      <button type="button" onClick={() => setSort(isRising ? `-${column.sort}` : column.sort!)}>
        {column.title}{isRising && <Icon of={ArrowUp} />}{isFalling && <Icon of={ArrowDown} />}
      </button>
    </th>
  );
}
