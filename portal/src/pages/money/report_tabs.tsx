import { report_billing } from '../../api/generated/operations';
import { may } from '../../api/session';
import { Tabs } from '../../design/tabs';
import { say } from '../../messages';

export function ReportTabs() {
  if (!may(report_billing)) return null; // the forecast is all there is for them
  return <Tabs label={say('nav.reports')} tabs={[{ href: '/reports', text: say('report.forecast') }, { href: '/reports/billing', text: say('report.billing') }]} />;
}

interface ChoiceProps { name: string; value: string; choices: string[]; path: string; kept?: Record<string, string> }

/* A choice that is kept in the address, as links. */
export function AddressChoice({ name, value, choices, path, kept = {} }: ChoiceProps) {
  if (choices.length < 2) return null;
  const query = (choice: string) => new URLSearchParams({ ...kept, [name]: choice }).toString();
  return (
    <nav class="acts" aria-label={say(`report.${name}` as 'report.currency')}>
      {choices.map((choice) => <a class={`button small ${choice === value ? 'strong' : ''}`} aria-current={choice === value ? 'true' : undefined} href={`${path}?${query(choice)}`}>{choice}</a>)}
    </nav>
  );
}
