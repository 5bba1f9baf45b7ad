import { Upload } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { ask, newKey, type Refusal } from '../../api/ask';
import { change_company, change_logo, show_company } from '../../api/generated/operations';
import type { components } from '../../api/generated/types';
import { somethingChanged } from '../../api/kept';
import { useAsk } from '../../api/query';
import { may } from '../../api/session';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Facts, Panel, Problem, Shown } from '../../design/page';
import { toast } from '../../design/toast';
import { Act } from '../../form/act';
import { countries } from '../../form/choices';
import { currentLanguage, say, sayOne } from '../../messages';
import { SettingsFrame } from './frame';

type Company = components['schemas']['company'];

function Logo({ company, version }: { company: Company; version: string | undefined }) {
  const input = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      await ask(change_logo, { body: file as never, ...(version ? { version } : {}), key: newKey() });
      toast(say('common.done', { what: sayOne('act', 'change_logo') }));
      somethingChanged();
    } catch (no) { setRefusal(no as Refusal); }
    setBusy(false);
    if (input.current) input.current.value = '';
  };
  return (
    <Panel title={say('settings.logo')}>
      <p class="soft">{say(company.logo_hash ? 'settings.logo_is_set' : 'settings.logo_none')}</p>
      {refusal && <Problem refusal={refusal} />}
      {may(change_logo) && (
        <div class="row">
          <input ref={input} class="hidden" id="logo" type="file" accept="image/png" tabIndex={-1} aria-label={sayOne('act', 'change_logo')} onChange={(event) => { void send(event.currentTarget.files?.[0]); }} />
          <Button busy={isBusy} onClick={() => input.current?.click()}><Icon of={Upload} />{isBusy ? say('common.working') : sayOne('act', 'change_logo')}</Button>
          <span class="faint">{say('settings.logo_hint')}</span>
        </div>
      )}
    </Panel>
  );
}

const countryName = (code: string | null) => countries(currentLanguage()).find((one) => one.value === code)?.text ?? code;

export default function CompanySettings() {
  const asked = useAsk(show_company);
  return (
    <SettingsFrame ownersOnly acts={asked.data && <Act of={change_company} row={asked.data} version={asked.version} tone="strong" />}>
      <Shown of={asked}>
        {(data) => (
          <div class="split">
            <div class="stack">
              <Panel title={say('settings.who')}>
                <Facts facts={[
                  [sayOne('field', 'name'), <strong>{data.name}</strong>], [sayOne('field', 'legal_name'), data.legal_name],
                  [sayOne('field', 'address'), <span class="lines" dir="auto">{data.address}</span>], [sayOne('field', 'country'), countryName(data.country)],
                  [sayOne('field', 'tax_id'), data.tax_id], [sayOne('field', 'email'), data.email], [sayOne('field', 'phone'), data.phone && <bdi dir="ltr">{data.phone}</bdi>],
                ]} />
              </Panel>
              <Panel title={say('settings.paying')}>
                <p class="faint">{say('settings.paying_hint')}</p>
                <Facts facts={[
                  [sayOne('field', 'iban'), data.iban], [sayOne('field', 'bic'), data.bic],
                  [sayOne('field', 'remittance'), <span class="lines">{data.remittance}</span>], [sayOne('field', 'currency'), data.currency],
                ]} />
              </Panel>
            </div>
            <div class="stack">
              <Logo company={data} version={asked.version} />
              <Panel title={say('settings.papers')}>
                <Facts facts={[[sayOne('field', 'paper'), sayOne('value', data.paper ?? '')], [sayOne('field', 'locale'), sayOne('value', data.locale ?? 'en')], [sayOne('field', 'time_zone'), data.time_zone], [say('settings.sign_in_name'), <span class="code">{data.slug}</span>]]} />
              </Panel>
            </div>
          </div>
        )}
      </Shown>
    </SettingsFrame>
  );
}
