import { UserPlus } from 'lucide';
import { versionOf } from '../../api/ask';
import { change_user, create_user, disable_user, enable_user, list_users, set_password } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { viewer } from '../../api/session';
import { Empty, Facts, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { day, dayOf, type Key, say, sayOne, sayState } from '../../messages';
import { SettingsFrame } from './frame';

type User = components['schemas']['user_account'];

const ROLES = ['owner', 'sales', 'delivery', 'finance', 'auditor'];
const isOwner = () => viewer()?.role === 'owner';

function Acts({ user }: { user: User }) {
  const path = { user_id: user.id! };
  const isMe = user.id === viewer()?.id;
  return (
    <div class="acts">
      <Act of={change_user} path={path} row={user} version={versionOf(user)} small tone="plain" />
      {isOwner() && !isMe && <Act of={set_password} path={path} version={versionOf(user)} hide={['old_password']} small tone="plain" />}
      {isMe ? <span class="faint">{say('people.you')}</span> : <Act of={disable_user} path={path} version={versionOf(user)} when={!user.disabled_at} small tone="plain" />}
      <Act of={enable_user} path={path} version={versionOf(user)} when={!!user.disabled_at} small />
    </div>
  );
}

const columns = (): Column<User>[] => [
  { title: sayOne('field', 'name'), sort: 'name', show: (row) => <><strong>{row.name}</strong><div class="faint">{row.email}</div></>, plain: (row) => row.name },
  { title: sayOne('field', 'role'), show: (row) => sayOne('value', row.role ?? ''), plain: (row) => sayOne('value', row.role ?? '') },
  { title: say('common.state'), show: (row) => <State of="user" value={row.disabled_at ? 'disabled' : 'active'} />, plain: (row) => sayState('user', row.disabled_at ? 'disabled' : 'active') },
  { title: say('people.since'), show: (row) => day(dayOf(row.created_at)), plain: (row) => dayOf(row.created_at) },
  { title: '', show: (row) => <Acts user={row} />, plain: null },
];

export default function People() {
  return (
    <SettingsFrame ownersOnly acts={<Act of={create_user} tone="strong" icon={UserPlus} />}>
      <Panel flush>
        <List of={list_users} name={say('settings.people')} columns={columns()} sort="name"
          filters={[{ name: 'role', label: sayOne('field', 'role'), choices: ROLES.map((one) => [one, sayOne('value', one)]) }]}
          empty={<Empty title={say('people.none')} />} />
      </Panel>
      <Panel title={say('people.roles')}><Facts facts={ROLES.map((one) => [sayOne('value', one), say(`people.role_${one}` as Key)])} /></Panel>
    </SettingsFrame>
  );
}
