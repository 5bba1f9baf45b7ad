import { set_password, show_user } from '../../api/generated/operations';
import { useAsk } from '../../api/query';
import { viewer } from '../../api/session';
import { Facts, Panel, Shown } from '../../design/page';
import { LanguageChoice, ThemeChoice } from '../../frame';
import { Act } from '../../form/act';
import { say, sayOne, type Key } from '../../messages';
import { SettingsFrame } from './frame';

export default function Profile() {
  const path = { user_id: viewer()!.id! };
  const asked = useAsk(show_user, { path });
  return (
    <SettingsFrame>
      <Shown of={asked}>
        {(user) => (
          <div class="cards">
            <Panel title={say('profile.me')}>
              <Facts facts={[[sayOne('field', 'name'), <strong>{user.name}</strong>], [sayOne('field', 'email'), user.email],
                [sayOne('field', 'role'), <>{sayOne('value', user.role ?? '')}<div class="faint">{say(`people.role_${user.role}` as Key)}</div></>]]} />
            </Panel>
            <Panel title={sayOne('field', 'password')}>
              <p class="soft">{say('profile.password')}</p>
              <div><Act of={set_password} path={path} version={asked.version} done={() => location.reload()} /></div>
            </Panel>
            <Panel title={say('profile.device')}>
              <div class="field"><span class="label">{say('common.language')}</span><LanguageChoice changed={() => location.reload()} /></div>
              <div class="field"><span class="label">{say('common.theme')}</span><ThemeChoice /></div>
            </Panel>
          </div>
        )}
      </Shown>
    </SettingsFrame>
  );
}
