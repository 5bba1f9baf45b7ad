/* Who did what a leaf tells: of somebody who was erased, what they were. */
import { show_contact, show_user } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { say, sayOne, type Key } from '../../messages';

/* A part of a leaf's payload. */
export interface Acted { actor: { id: string; kind: string } }

export const actorKind = (kind: string) => say(`evidence.by_${kind}` as Key);

export function Actor({ of: { actor: { kind, id } } }: { of: Acted }) {
  const user = useAsk(show_user, kind === 'user' ? { path: { user_id: id } } : null).data;
  const contact = useAsk(show_contact, kind === 'contact' ? { path: { contact_id: id } } : null).data;
  const role = user?.role ?? contact?.role;
  return <><strong dir="auto">{user?.name ?? contact?.name ?? actorKind(kind)}</strong>{role && <span class="faint"> {sayOne('value', role)}</span>}</>;
}
