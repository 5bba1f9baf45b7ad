/* Whose turn it is: what waits, for whom, since when, and the money behind it. */
import type { components } from '../api/generated/types';
import { viewer } from '../api/session';
import { day, dayOf, money, say, sayOne } from '../messages';
import { whereTurn } from './names';

export type Turn = components['schemas']['turn'];

/* Other roles' parts that are somebody's too: everything is an owner's, and who accepts may have no payer beside them. */
const alsoOf: Record<string, string[] | undefined> = { approver: ['payer'] };

/* What names a person is for that one alone. */
export function isMine({ role, person }: Turn): boolean {
  const me = viewer();
  if (person) return person === me?.name;
  return !role || me?.role === 'owner' || role === me?.role || (alsoOf[me?.role ?? '']?.includes(role) ?? false);
}

const since = (turn: Turn) => [
  turn.due_day ? say('common.due', { day: day(turn.due_day) }) : turn.since_at ? say('common.since', { day: day(dayOf(turn.since_at)) }) : '',
  turn.person ?? '',
].filter(Boolean).join(' · ');

export function TurnList({ turns, showClient }: { turns: Turn[]; showClient?: boolean }) {
  return (
    <ul class="turns">
      {turns.map((turn) => (
        <li>
          <span class={`badge ${turn.is_late ? 'bad' : 'wait'}`}>{turn.is_late ? say('common.late') : sayOne('value', turn.side ?? '')}</span>
          <div>
            <a href={whereTurn(turn)}><strong>{sayOne('turn', turn.kind ?? '')}</strong>{turn.label ? ` · ${turn.label}` : ''}</a>
            <div class="faint">{[showClient ? turn.client_name : '', turn.engagement_title, since(turn)].filter(Boolean).join(' · ')}</div>
          </div>
          <span class="number">{/[1-9]/.test(turn.amount?.amount ?? '') ? money(turn.amount) : ''}</span>
        </li>
      ))}
    </ul>
  );
}
