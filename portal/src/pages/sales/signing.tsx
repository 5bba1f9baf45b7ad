/* What is signed: the paper, its text and fingerprint, who has signed, and the signature itself. */
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { list_contacts, list_users, show_engagement } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import type { Name, Operation, Path, Body } from '../../api/operation';
import { useAll, useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Empty, Panel } from '../../design/page';
import { State } from '../../design/state';
import { Act } from '../../form/act';
import type { Value } from '../../form/shape';
import { moment, say, sayOne } from '../../messages';
import { Paper, paperAt } from '../../parts/paper';
import './sales.css';

type Signature = components['schemas']['signature'] | components['schemas']['change_signature'];
type Signer = components['schemas']['signer'];

export const nextSigner = (signatures: Signature[] | null | undefined) =>
  [...signatures ?? []].sort((one, other) => one.sequence - other.sequence).find((one) => one.state === 'pending');

export const isMyTurn = (signatures: Signature[] | null | undefined) => nextSigner(signatures)?.signer_id === viewer()?.id;

/* ---- who signs ---- */

export function SignaturesPanel({ signatures }: { signatures: Signature[] }) {
  const sorted = [...signatures].sort((one, other) => one.sequence - other.sequence);
  return (
    <Panel title={say('signing.signatures')} flush>
      {sorted.length === 0 && <Empty title={say('signing.none')} text={say('signing.none_text')} />}
      <ul class="signers">
        {sorted.map((one) => (
          <li>
            <div><strong dir="auto">{one.name}</strong>{one.role && one.role !== one.name && <span class="soft" dir="auto"> · {one.role}</span>}<div class="faint">{sayOne('value', one.side ?? '')}{one.signed_at && ` · ${moment(one.signed_at)} · ${sayOne('value', one.method ?? '')}`}</div></div>
            <State of="signature" value={one.state} />
            {one.consent && <p class="soft lines" dir="auto">{say('signing.quoted', { text: one.consent })}</p>}
            {one.reason && <p class="soft lines" dir="auto">{one.reason}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/* ---- choosing them ---- */

interface ChooserProps { engagementId: string; value: Value; set: (value: Value) => void; wrong: { field: string; text: string } | null }

function SignerChooser({ engagementId, value, set, wrong }: ChooserProps) {
  const engagement = useAsk(show_engagement, { path: { engagement_id: engagementId } });
  const users = useAll(list_users);
  const clientId = engagement.data?.client_id;
  const contacts = useAll(list_contacts, clientId ? { path: { client_id: clientId } } : null);
  const chosen = (value.signers as Signer[] | undefined) ?? [];
  const owners = (users.data?.items ?? []).filter((one) => one.role === 'owner' && !one.disabled_at);
  const approvers = (contacts.data?.items ?? []).filter((one) => one.role === 'approver' && !one.disabled_at);
  const sides: [Signer['side'], { id: string | null; name: string | null; title?: string | null }[], string][] = [
    ['agency', owners, say('signing.agency_hint')], ['client', approvers, say('signing.client_hint')]];
  const signerOf = (side: Signer['side'], id: string, title: string | null | undefined): Signer => ({ side, signer_id: id, ...(title ? { role: title } : {}) });
  const isKnown = !!users.data && !!contacts.data;
  useEffect(() => { // whoever sends it signs it where they may, and so does the only one of the client
    if (!isKnown) return;
    const me = owners.find((one) => one.id === viewer()?.id) ?? (owners.length === 1 ? owners[0] : undefined);
    const them = approvers.length === 1 ? approvers[0] : undefined;
    set({ ...value, signers: [...(me ? [signerOf('agency', me.id!, null)] : []), ...(them ? [signerOf('client', them.id!, them.title)] : [])] });
  }, [isKnown]);
  const toggle = (side: Signer['side'], id: string, title: string | null | undefined, isOn: boolean) => {
    const others = chosen.filter((one) => one.signer_id !== id);
    const next = isOn ? [...others, signerOf(side, id, title)] : others;
    set({ ...value, signers: [...next.filter((one) => one.side === 'agency'), ...next.filter((one) => one.side === 'client')] });
  };
  return (
    <>
      {sides.map(([side, people, hint]) => (
        <fieldset>
          <legend>{sayOne('value', side)}</legend>
          <span class="faint">{hint}</span>
          {people.map((one) => (
            <label class="tick">
              <input type="checkbox" checked={chosen.some((signer) => signer.signer_id === one.id)} onChange={(event) => toggle(side, one.id!, one.title, event.currentTarget.checked)} />
              <span dir="auto">{one.name}{one.title && one.title !== one.name && <span class="faint"> · {one.title}</span>}</span>
            </label>
          ))}
          {people.length === 0 && <span class="error">{say('signing.nobody')}</span>}
        </fieldset>
      ))}
      {wrong && <span class="error" role="alert">{wrong.text}</span>}
    </>
  );
}

interface ActProps<K extends Name> { of: Operation<K>; path: Path<K>; version: string | undefined; about?: string }

export function SendToSigners<K extends Name>({ engagementId, ...act }: ActProps<K> & { engagementId: string }) {
  return (
    <Act {...act} tone="strong" preset={{ signers: [] } as unknown as Partial<Body<K> & object>}>
      {(value, set, wrong) => <SignerChooser engagementId={engagementId} value={value} set={set} wrong={wrong} />}
    </Act>
  );
}

/* ---- signing ---- */

/* The fingerprint is of the text that was on the page, not of what the server has by now. */
export function Sign<K extends Name>({ of, path, version, hash, what }: ActProps<K> & { hash: string; what: string }) {
  const words = say('signing.consent', { what });
  return (
    <Act of={of} path={path} version={version} tone="strong" preset={{ document_hash: hash } as unknown as Partial<Body<K> & object>}>
      {(value, set, wrong) => (
        <>
          <div><span class="faint">{say('signing.fingerprint')}</span><div class="print">{hash}</div></div>
          <label class="tick">
            <input type="checkbox" checked={value.consent === words} onChange={(event) => set({ ...value, consent: event.currentTarget.checked ? words : '' })} />
            <span>{words}</span>
          </label>
          {wrong && <span class="error" role="alert">{wrong.field === 'consent' ? say('signing.tick') : wrong.text}</span>}
          <p class="faint">{say('signing.kept', { name: viewer()?.name })}</p>
        </>
      )}
    </Act>
  );
}

/* ---- what is read before ---- */

function pretty(document: string) {
  try { return JSON.stringify(JSON.parse(document), null, 2); } catch { return document; }
}

/* Whether the text hashes to its fingerprint, reckoned here: nobody has to believe the server. */
function useCheck(document: string | null | undefined, hash: string | null | undefined) {
  const [isRight, setRight] = useState<boolean>();
  useEffect(() => {
    if (!document || !crypto.subtle) return;
    void crypto.subtle.digest('SHA-256', new TextEncoder().encode(document)).then((digest) => {
      setRight(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('') === hash);
    });
  }, [document, hash]);
  return isRight;
}

interface PaperProps<K extends Name> { title: string; of: Operation<K>; id: string; text: { document: string | null; document_hash: string | null } | undefined }

export function PaperPanel<K extends Name>({ title, of, id, text }: PaperProps<K>) {
  const { query, path } = useLocation();
  const isRight = useCheck(text?.document, text?.document_hash);
  const isText = query.view === 'text';
  return (
    <Panel title={title} acts={(
      <>
        <a class="button small" href={isText ? path : `${path}?view=text`}>{say(isText ? 'signing.as_paper' : 'signing.as_text')}</a>
        <a class="button small" href={paperAt(of, id)} download target="_blank" rel="noopener">{say('common.download')}</a>
      </>)}>
      {isText && text?.document
        ? <><p class="soft">{say('signing.text_hint')}</p><pre class="print pre" tabIndex={0}>{pretty(text.document)}</pre></>
        : <Paper of={of} id={id} title={title} />}
      {text?.document_hash && (
        <div class="stack tight">
          <span class="faint">{say('signing.fingerprint')}{isRight !== undefined && <> · <strong class={isRight ? 'ok' : 'off'}>{say(isRight ? 'signing.matches' : 'signing.differs')}</strong></>}</span>
          <div class="print">{text.document_hash}</div>
        </div>
      )}
    </Panel>
  );
}
