/* What an hour of each role costs and is sold for. */
import { Plus, Tags } from 'lucide';
import { versionOf } from '../../api/ask';
import { change_rate_card, create_rate_card, list_rate_cards } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { Empty, Panel, Shown } from '../../design/page';
import { Table, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { exactly, say } from '../../messages';
import { SettingsFrame } from '../settings/frame';

type Rate = components['schemas']['rate'];

const columns = (currency: string | null): Column<Rate>[] => [
  { title: say('rate_card.role'), show: (row) => <span dir="auto">{row.role}</span>, plain: (row) => row.role },
  { title: say('rate_card.cost'), number: true, show: (row) => exactly({ amount: row.cost_per_hour, currency }), plain: (row) => row.cost_per_hour },
  { title: say('rate_card.price'), number: true, show: (row) => exactly({ amount: row.price_per_hour, currency }), plain: (row) => row.price_per_hour },
];

export default function RateCards() {
  const cards = useAll(list_rate_cards);
  const add = <Act of={create_rate_card} tone="strong" icon={Plus} preset={{ rates: [{} as Rate] }} />;
  return (
    <SettingsFrame acts={cards.data?.items?.length ? add : null}>
      <Shown of={cards}>
        {(data) => (data.items?.length
          ? data.items.map((card, at) => (
            <Panel title={`${card.name} · ${card.currency}`} flush acts={<Act of={change_rate_card} small path={{ rate_card_id: card.id! }} version={versionOf(card)} row={card} />}>
              <Table name={`${card.name} (${at + 1})`} file={card.name ?? ''} columns={columns(card.currency)} rows={card.rates ?? []} />
            </Panel>
          ))
          : <Panel><Empty icon={Tags} title={say('rate_card.none_title')} text={say('rate_card.none_text')}>{add}</Empty></Panel>)}
      </Shown>
    </SettingsFrame>
  );
}
