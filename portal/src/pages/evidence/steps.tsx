/* A check, step by step, as it happens in this browser. */
import { CircleCheckBig, CircleDashed, TriangleAlert } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../design/icon';
import { say } from '../../messages';
import './evidence.css';

export interface Step { title: string; isGood: boolean; text?: string; values?: [string, string][] }

/* Runs anew when `key` changes; what cannot be carried out has failed. */
export function useSteps(key: string | null, run: () => Promise<Step[]>) {
  const [steps, set] = useState<Step[] | null>(null);
  useEffect(() => {
    if (!key) return undefined;
    let isWanted = true;
    set(null);
    run().catch((): Step[] => [{ title: say('evidence.could_not'), isGood: false }]).then((done) => { if (isWanted) set(done); });
    return () => { isWanted = false; };
  }, [key]);
  return steps;
}

export function Steps({ steps }: { steps: Step[] | null }) {
  if (!steps) return <p class="soft row" role="status"><Icon of={CircleDashed} />{say('evidence.checking')}</p>;
  return (
    <ol class="checks">
      {steps.map((step) => (
        <li class={step.isGood ? 'good' : 'bad'}>
          <Icon of={step.isGood ? CircleCheckBig : TriangleAlert} />
          <div>
            <strong>{step.title}</strong>
            {step.text && <p class="soft">{step.text}</p>}
            {step.values && (
              <details><summary>{say('evidence.values')}</summary>
                <dl>{step.values.map(([name, value]) => <><dt>{name}</dt><dd class="code">{value}</dd></>)}</dl>
              </details>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
