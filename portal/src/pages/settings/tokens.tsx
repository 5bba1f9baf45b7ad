import { KeyRound } from 'lucide';
import { useState } from 'preact/hooks';
import { versionOf } from '../../api/ask';
import { create_api_token, list_api_tokens, list_users, revoke_api_token } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { useAll } from '../../api/query';
import { may, viewer } from '../../api/session';
import { Empty, Panel } from '../../design/page';
import { State } from '../../design/state';
import { List, type Column } from '../../design/table';
import { Act } from '../../form/act';
import { Shaped, type FormProps } from '../../form/shaped';
import { day, dayOf, type Key, say, sayOne, sayState } from '../../messages';
import { SettingsFrame } from './frame';
import { Secret } from './secret';

type Token = components['schemas']['api_token'];

const SCOPES = ['read', 'write', 'admin'];
const DAYS = 90;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const stateOf = (token: Token) => (token.revoked_at ? 'revoked' : (token.expires_at ?? '') < new Date().toISOString() ? 'expired' : 'active');

function Form(form: FormProps) {
  const scopes = (form.value.scopes as string[] | undefined) ?? [];
  const change = (scope: string, isOn: boolean) => form.set({ ...form.value, scopes: SCOPES.filter((one) => (one === scope ? isOn : scopes.includes(one))) });
  return (
    <>
      <Shaped of={create_api_token} {...form} hide={['scopes']} />
      <fieldset>
        <legend>{sayOne('field', 'scopes')}</legend>
        {SCOPES.map((scope) => (
          <label class="tick">
            <input type="checkbox" checked={scopes.includes(scope)} onChange={(event) => change(scope, event.currentTarget.checked)} />
            <span><strong>{sayOne('value', scope)}</strong> <span class="soft">{say(`tokens.scope_${scope}` as Key)}</span></span>
          </label>
        ))}
      </fieldset>
    </>
  );
}

const columns = (nameOf: (id: string | null) => string): Column<Token>[] => [
  { title: sayOne('field', 'name'), sort: 'name', show: (row) => <strong>{row.name}</strong>, plain: (row) => row.name },
  { title: say('tokens.acts_as'), show: (row) => nameOf(row.user_id), plain: (row) => nameOf(row.user_id) },
  { title: sayOne('field', 'scopes'), show: (row) => row.scopes.map((one) => sayOne('value', one)).join(', '), plain: (row) => row.scopes.join(' ') },
  { title: say('common.state'), show: (row) => <State of="api_token" value={stateOf(row)} />, plain: (row) => sayState('api_token', stateOf(row)) },
  { title: sayOne('field', 'expires_at'), sort: 'expires_at', show: (row) => day(dayOf(row.expires_at)), plain: (row) => row.expires_at },
  { title: '', show: (row) => <Act of={revoke_api_token} path={{ token_id: row.id! }} version={versionOf(row)} when={stateOf(row) === 'active'} tone="bad" small />, plain: null },
];

export default function Tokens() {
  const users = useAll(list_users);
  const [made, show] = useState<Token>();
  const nameOf = (id: string | null) => users.data?.items.find((one) => one.id === id)?.name ?? '';
  return (
    <SettingsFrame ownersOnly acts={
      <Act of={create_api_token} tone="strong" icon={KeyRound} preset={{ scopes: ['read'], expires_at: inDays(DAYS), user_id: viewer()!.id! }} done={show}>
        {(value, set, wrong) => <Form value={value} set={set} wrong={wrong} />}
      </Act>}>
      <p class="soft">{say('tokens.intro')}</p>
      {may(list_api_tokens) && (
        <Panel flush>
          <List of={list_api_tokens} name={say('settings.tokens')} columns={columns(nameOf)} empty={<Empty icon={KeyRound} title={say('tokens.none_title')} text={say('tokens.none_text')} />} />
        </Panel>
      )}
      {made && <Secret title={made.name ?? ''} secret={made.secret} close={() => show(undefined)} />}
    </SettingsFrame>
  );
}
