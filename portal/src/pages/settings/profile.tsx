import { make_calendar_key, revoke_calendar_key, set_password, show_calendar_key, show_user } from '../../api/generated/operations';
import { useState } from 'preact/hooks';
import type { Answer } from '../../api/operation';
import { useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Facts, Panel, Shown } from '../../design/page';
import { LanguageChoice, ThemeChoice } from '../../frame';
import { Act } from '../../form/act';
import { moment, say, sayOne, type Key } from '../../messages';
import { SettingsFrame } from './frame';
import { Secret } from './secret';

function Calendar() {
  const asked = useAsk(show_calendar_key);
  const [made, show] = useState<Answer<'make_calendar_key'>>();
  const since = asked.data?.made_at;
  return (
    <Panel title={say('profile.calendar')}>
      <p class="soft">{since ? say('profile.calendar_since', { when: moment(since) }) : say('profile.calendar_none')}</p>
      <div class="acts">
        <Act of={make_calendar_key} done={show} />
        <Act of={revoke_calendar_key} when={!!since} tone="bad" />
      </div>
      {made && <Secret title={say('profile.calendar')} secret={made.url} close={() => show(undefined)} />}
    </Panel>
  );
}

export default function Profile() {
  const path = { user_id: viewer()!.id! };
  const asked = useAsk(show_user, { path });
  return (
    <SettingsFrame>
      <Shown of={asked}>
        {(user) => (
          <div class="split">
            <div class="stack">
              <Panel title={say('profile.me')}>
                <Facts facts={[[sayOne('field', 'name'), <strong>{user.name}</strong>], [sayOne('field', 'email'), user.email],
                  [sayOne('field', 'role'), <>{sayOne('value', user.role ?? '')}<div class="faint">{say(`people.role_${user.role}` as Key)}</div></>]]} />
              </Panel>
              <Panel title={sayOne('field', 'password')}>
                <p class="soft">{say('profile.password')}</p>
                <div><Act of={set_password} path={path} version={asked.version} done={() => location.reload()} /></div>
              </Panel>
              <Calendar />
            </div>
            <Panel title={say('profile.looks')}>
              <div class="field"><span class="label">{say('common.language')}</span><LanguageChoice changed={() => location.reload()} /></div>
              <div class="field"><span class="label">{say('common.theme')}</span><ThemeChoice /></div>
            </Panel>
          </div>
        )}
      </Shown>
    </SettingsFrame>
  );
}
