/* What the client can still do about a milestone that its silence has accepted. */
import { open_dispute } from '../../api/generated/operations';
import { isClient } from '../../api/session';
import { Act } from '../../form/act';
import { moment, say } from '../../messages';
import { sayHere } from '../../parts/side';
import type { Submission } from './shared';

const mayObject = (submission: Submission) =>
  !submission.disputed_at && submission.objection_until_at != null && Date.parse(submission.objection_until_at) >= Date.now();

export function Objection({ submission, version }: { submission: Submission; version?: string | undefined }) {
  if (submission.state !== 'deemed_accepted') return null;
  if (submission.disputed_at) return <span>{sayHere('objection.is_open')}</span>;
  if (!mayObject(submission)) return null;
  return (
    <>
      <span>{sayHere('objection.until', { at: moment(submission.objection_until_at) })}</span>
      <div><Act of={open_dispute} path={{ submission_id: submission.id! }} version={version} text={say('objection.act')} about={say('objection.about')} small tone="plain" when={isClient()} /></div>
    </>
  );
}
