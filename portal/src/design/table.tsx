/* A table over a list of the API: sorted, filtered and paged by the server, exported whole. */
import { ArrowDown, ArrowUp, ChevronDown, Download } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, type Refusal } from '../api/ask';
import type { Answer, Input, Name, Operation } from '../api/operation';
import { askAll, useAsk } from '../api/query';
import { say } from '../messages';
import { Button } from './button';
import { exportRows } from './export';
import { Icon } from './icon';
import { Problem } from './page';

type Item<K extends Name> = Answer<K> extends { items: (infer I)[] | null } ? I : never;

export interface Column<T> {
  title: string;
  show: (row: T) => ComponentChildren;
  plain?: (row: T) => string | number | null | undefined; // for exports; a column without stays out
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
  name: string; // of the exported file, and of the table for those who hear it
  empty: ComponentChildren;
}

const PAGE = 50;

export function List<K extends Name>({ of, input, columns, filters = [], sort: firstSort, name, empty }: ListProps<K>) {
  const [sort, setSort] = useState(firstSort);
  const [filter, setFilter] = useState<Record<string, string>>({});
  const [later, setLater] = useState<Item<K>[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
  const query = { limit: PAGE, ...(input?.query as object | undefined), ...(sort ? { sort } : {}), ...given };
  const whole = { ...input, query } as Input<K>;
  const first = useAsk(of, whole);
  const page = first.data as { items: Item<K>[]; next_cursor: string | null } | undefined;
  const pages = JSON.stringify(query);
  useEffect(() => { setLater([]); setCursor(page?.next_cursor ?? null); }, [pages, page]);

  const more = async () => {
    try {
      const { data } = await ask(of, { ...whole, query: { ...query, cursor } } as Input<K>);
      const next = data as { items: Item<K>[]; next_cursor: string | null };
      setLater([...later, ...next.items]);
      setCursor(next.next_cursor);
    } catch (no) { setRefusal(no as Refusal); }
  };
  const save = async (format: 'csv' | 'xlsx') => {
    try { await exportRows(format, name, columns, await askAll(of, whole) as Item<K>[]); } catch (no) { setRefusal(no as Refusal); }
  };

  const rows = page ? [...page.items, ...later] : undefined;
  const isFiltered = Object.keys(given).length > 0;
  const problem = refusal ?? first.refusal;
  return (
    <>
      {(filters.length > 0 || (rows && rows.length > 0)) && (
        <div class="tools">
          {filters.map((one) => <FilterField filter={one} value={filter[one.name] ?? ''} set={(value) => setFilter({ ...filter, [one.name]: value })} />)}
          <ExportMenu save={save} />
        </div>
      )}
      {problem && <div class="tools"><Problem refusal={problem} /></div>}
      {rows && rows.length === 0 && !isFiltered ? empty : <Table name={name} columns={columns} rows={rows} sort={sort} setSort={setSort} />}
      {cursor && <div class="more"><Button small onClick={more}><Icon of={ChevronDown} />{say('common.more')}</Button></div>}
    </>
  );
}

function FilterField({ filter, value, set }: { filter: Filter; value: string; set: (value: string) => void }) {
  if (filter.choices) {
    return (
      <select class="input" style={{ inlineSize: 'auto' }} aria-label={filter.label} value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">{filter.label}: {say('common.all')}</option>
        {filter.choices.map(([key, text]) => <option value={key}>{text}</option>)}
      </select>
    );
  }
  if (filter.isDay) {
    return (
      <label class="row" style={{ flexWrap: 'nowrap' }}>
        <span class="faint">{filter.label}</span>
        <input class="input" style={{ inlineSize: 'auto', minInlineSize: 0 }} type="date" value={value} onChange={(event) => set(event.currentTarget.value)} />
      </label>
    );
  }
  return <input class="input" style={{ inlineSize: 'auto' }} type="search" placeholder={filter.label} aria-label={filter.label} value={value}
    onChange={(event) => set(event.currentTarget.value)} />;
}

export function ExportMenu({ save }: { save: (format: 'csv' | 'xlsx') => void }) {
  return (
    <span class="acts" style={{ marginInlineStart: 'auto' }}>
      <Button tone="plain" small onClick={() => save('csv')}><Icon of={Download} />CSV</Button>
      <Button tone="plain" small onClick={() => save('xlsx')}><Icon of={Download} />XLSX</Button>
    </span>
  );
}

interface TableProps<T> {
  name: string;
  columns: Column<T>[];
  rows: T[] | undefined;
  sort?: string | undefined;
  setSort?: (sort: string) => void;
  foot?: ComponentChildren;
}

export function Table<T>({ name, columns, rows, sort, setSort, foot }: TableProps<T>) {
  return (
    <div class="table" tabIndex={0} role="region" aria-label={name}>
      <table>
        <thead><tr>{columns.map((column) => <Head column={column} sort={sort} setSort={setSort} />)}</tr></thead>
        <tbody>
          {rows
            ? rows.map((row) => <tr>{columns.map((column) => <td class={column.number ? 'number' : ''}>{column.show(row)}</td>)}</tr>)
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
  const look = column.number ? 'number' : '';
  if (!column.title) return <td />;
  if (!column.sort || !setSort) return <th scope="col" class={look}>{column.title}</th>;
  return (
    <th scope="col" class={look} aria-sort={isRising ? 'ascending' : isFalling ? 'descending' : 'none'}>
      <button type="button" onClick={() => setSort(isRising ? `-${column.sort}` : column.sort!)}>
        {column.title}{isRising && <Icon of={ArrowUp} />}{isFalling && <Icon of={ArrowDown} />}
      </button>
    </th>
  );
}
