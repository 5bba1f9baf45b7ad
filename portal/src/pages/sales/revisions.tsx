/* What changed since an earlier revision, of a proposal or a change order: which one, the address says. */
import { useLocation } from 'preact-iso';
import type { Refusal } from '../../api/ask';
import type { components } from '../../api/generated/types';
import { Panel, Shown } from '../../design/page';
import { say, sayState } from '../../messages';
import { Changes } from './difference';

interface Revision { id: string | null; revision: number; state: string | null }
interface Compared { data: { changes: components['schemas']['plan_change'][] | null } | undefined; refusal: Refusal | undefined }

export function Revisions({ of, earlier, compared }: { of: string; earlier: Revision[]; compared: Compared }) {
  const { query, path, route } = useLocation();
  if (earlier.length === 0) return null;
  return (
    <Panel title={say('proposal.compare')} flush>
      <div class="tools">
        <select class="input" style={{ inlineSize: 'auto' }} aria-label={say('proposal.compare')} value={query.from ?? ''}
          onChange={(event) => route(event.currentTarget.value ? `${path}?from=${event.currentTarget.value}` : path)}>
          <option value="">{say('proposal.compare_choose')}</option>
          {earlier.map((one) => <option value={one.id!}>{say('requirement.revision', { revision: one.revision })} · {sayState(of, one.state)}</option>)}
        </select>
      </div>
      {query.from && <Shown of={compared}>{(data) => <Changes changes={data.changes ?? []} />}</Shown>}
    </Panel>
  );
}
