import { change_numbering, list_numbering, show_company } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAsk } from '../../api/query';
import { Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { Shaped, type FormProps } from '../../form/shaped';
import { say, sayOne } from '../../messages';
import { SettingsFrame } from './frame';

type Series = components['schemas']['numbered_series'];

function example({ pattern, digits }: { pattern?: string; digits?: number }) {
  return (pattern ?? '').replace('{year}', String(new Date().getFullYear())).replace('{number}', '1'.padStart(digits ?? 1, '0'));
}

function Form({ series, ...form }: FormProps & { series: string }) {
  return (
    <>
      <Shaped of={change_numbering} {...form} hide={series === 'credit_note' ? [] : ['drawn_from']} />
      <p class="soft" role="status">{say('numbering.looks_like')} <strong class="code">{example(form.value)}</strong></p>
      <p class="faint">{say('numbering.hint', { year: '{year}', number: '{number}' })}</p>
    </>
  );
}

const columns = (version: string | undefined): Column<Series>[] => [
  { title: say('numbering.series'), show: (row) => <><strong>{sayOne('value', row.series ?? '')}</strong>{row.drawn_from !== row.series && <div class="faint">{say('numbering.drawn_from', { series: sayOne('value', row.drawn_from ?? '') })}</div>}</>, plain: (row) => sayOne('value', row.series ?? '') },
  { title: sayOne('field', 'pattern'), show: (row) => <span class="code">{row.pattern}</span>, plain: (row) => row.pattern },
  { title: sayOne('field', 'reset'), show: (row) => sayOne('value', row.reset ?? ''), plain: (row) => sayOne('value', row.reset ?? '') },
  { title: say('numbering.next'), show: (row) => <strong class="code">{row.next}</strong>, plain: (row) => row.next },
  { title: '', show: (row) => <Act of={change_numbering} path={{ series: row.series! }} row={row} version={version} small tone="plain">{(value, set, wrong) => <Form series={row.series!} value={value} set={set} wrong={wrong} />}</Act>, plain: null },
];

export default function Numbering() {
  const asked = useAsk(list_numbering);
  const company = useAsk(show_company); // the numbering is part of it: a change names its version
  return (
    <SettingsFrame ownersOnly>
      <p class="soft">{say('numbering.intro')}</p>
      <Panel flush><Shown of={asked}>{(data) => <Table name={say('settings.numbering')} columns={columns(company.version)} rows={data.items} />}</Shown></Panel>
    </SettingsFrame>
  );
}
