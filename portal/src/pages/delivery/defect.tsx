/* One defect: what was found, what was done about it, what the client said. */
import { show_defect, show_milestone } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { Panel, Shown } from '../../design/page';
import { State } from '../../design/state';
import { day, distance, moment, say, sayOne } from '../../messages';
import { sayHere } from '../../parts/side';
import { DefectActs, stateOf } from './defects';
import { CriterionText, useCriteria, useEngagement, Within, type Defect } from './shared';

type Step = { title: string; name: string | null; at: string | null; text: string | null };

const steps = (defect: Defect): Step[] => [
  { title: say('defect.found'), name: defect.found_by_name, at: defect.found_at, text: defect.text },
  { title: say('defect.corrected'), name: defect.corrected_by_name, at: defect.corrected_at, text: defect.correction },
  { title: ['confirmed', 'waived'].includes(defect.state ?? '') ? sayOne('value', defect.state ?? '') : say('defect.answered'), name: defect.answered_by_name, at: defect.answered_at, text: defect.answer },
];

const nexts = { open: 'defect.next_open', corrected: 'defect.next_corrected', passed_on: 'defect.next_passed_on' } as const;

export default function DefectPage({ id }: { id: string }) {
  const asked = useAsk(show_defect, { path: { defect_id: id } });
  const defect = asked.data;
  const milestone = useAsk(show_milestone, defect ? { path: { milestone_id: defect.milestone_id! } } : null).data;
  const known = useCriteria(defect?.engagement_id);
  const zone = useEngagement(defect?.engagement_id)?.time_zone;
  const next = nexts[defect?.state as keyof typeof nexts];
  return (
    <Within tab="/acceptance" engagement_id={defect?.engagement_id} milestone={milestone} title={say('defect.of', { criterion: defect?.criterion })}
      state={defect && <><State of="defect" value={stateOf(defect)} /><State value={defect.severity} /></>} acts={defect && <DefectActs defect={defect} />}>
      <Shown of={asked}>
        {(data) => (
          <>
            {next && <div class="note wait"><span>{sayHere(next)}{data.correct_by_day && data.state === 'open' && ` ${say('defect.due', { day: day(data.correct_by_day), distance: distance(data.correct_by_day, zone) })}`}</span></div>}
            <div class="split">
              <Panel title={say('defect.history')}>
                <ol class="timeline">
                  {steps(data).filter((step) => step.at).toSorted((one, other) => (one.at! < other.at! ? -1 : 1)).map((step) => (
                    <li class="done"><strong>{step.title}</strong> <span class="faint">{step.name} · {moment(step.at)}</span>{step.text && <p class="lines" dir="auto">{step.text}</p>}</li>
                  ))}
                  {data.certificate_id && <li class="done"><a href={`/certificates/${data.certificate_id}`}>{say('defect.reserved_in')}</a></li>}
                </ol>
              </Panel>
              <Panel title={sayOne('field', 'criterion')}>
                <p><CriterionText code={data.criterion} known={known} /></p>
                {(data.times_found ?? 0) > 1 && <p class="soft">{say('defect.times', { count: data.times_found })}</p>}
                <a href={`/submissions/${data.submission_id}`}>{say('milestone.see_round')}</a>
              </Panel>
            </div>
          </>
        )}
      </Shown>
    </Within>
  );
}
