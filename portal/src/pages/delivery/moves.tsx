/* What moved, each from one day to another. */
import { day, say } from '../../messages';

export interface Move { code: string | null; from_due_day: string | null; to_due_day: string | null }

export const Moves = ({ moves }: { moves: Move[] }) => (
  <ul class="moves faint">{moves.map((move) => <li><bdi>{say('plan.move', { code: move.code, from: day(move.from_due_day), to: day(move.to_due_day) })}</bdi></li>)}</ul>
);
