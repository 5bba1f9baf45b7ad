/* What the editors of a plan and of a template show of each milestone alike. */
import { ArrowDown, ArrowUp, Trash2 } from 'lucide';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { say, sayOne } from '../../messages';
import { moved, without, type Following } from './pieces';

interface PieceActsProps<P> { pieces: P[]; at: number; set: (pieces: P[]) => void }

export function PieceActs<P extends Following>({ pieces, at, set }: PieceActsProps<P>) {
  const { code } = pieces[at]!;
  return (
    <div class="acts">
      {at > 0 && <Button tone="plain" small label={say('plan.up', { code })} onClick={() => set(moved(pieces, at, -1))}><Icon of={ArrowUp} /></Button>}
      {at < pieces.length - 1 && <Button tone="plain" small label={say('plan.down', { code })} onClick={() => set(moved(pieces, at, 1))}><Icon of={ArrowDown} /></Button>}
      <Button tone="plain" small label={say('plan.remove', { code })} onClick={() => set(without(pieces, at))}><Icon of={Trash2} /></Button>
    </div>
  );
}

interface TicksProps { label: string; hint?: string; choices: [string, string][]; chosen: string[]; set: (chosen: string[]) => void; wrong: string | undefined }

export function Ticks({ label, hint, choices, chosen, set, wrong }: TicksProps) {
  const toggle = (code: string, isOn: boolean) => set(isOn ? [...chosen, code] : chosen.filter((one) => one !== code));
  return (
    <fieldset>
      <legend>{label}</legend>
      {hint && <span class="faint">{hint}</span>}
      <div class="ticks">
        {choices.map(([code, text]) => (
          <label class="tick"><input type="checkbox" checked={chosen.includes(code)} onChange={(event) => toggle(code, event.currentTarget.checked)} /><span dir="auto"><strong>{code}</strong> {text}</span></label>
        ))}
      </div>
      {wrong && <span class="error" role="alert">{wrong}</span>}
    </fieldset>
  );
}

interface AfterProps<P> { pieces: P[]; at: number; set: (after: string[]) => void; wrong: string | undefined }

/* Which of the others come first. */
export function After<P extends Following & { title: string }>({ pieces, at, set, wrong }: AfterProps<P>) {
  const others = pieces.filter((one, index) => index !== at && one.code).map((one): [string, string] => [one.code, one.title]);
  return <Ticks label={sayOne('field', 'after')} {...(others.length > 0 ? {} : { hint: say('plan.no_others') })} choices={others} chosen={pieces[at]!.after ?? []} set={set} wrong={wrong} />;
}
