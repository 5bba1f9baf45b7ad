/* The kickoff: who takes part, when one talks, what the client supplies, and the first tasks. */
import { act, words } from '../acting.mjs';
import { test } from '../tap.mjs';
import { see, visit } from './cast.mjs';
import { APPROVER, KICKOFF, MEETING, OBLIGATIONS, RHYTHMS, teamOf } from './sample.mjs';

const ownName = (page) => page.locator('aside.side footer strong').innerText();

async function kickOff({ hand, as, show }) {
  const page = await as('agency');
  const name = await ownName(page);
  await visit(hand, page, 'engagement.kickoff');
  await act(hand, page, 'kick_off', KICKOFF);
  await see(page, KICKOFF.kickoff_note);
  for (const [side, member] of teamOf(name)) await act(hand, page, 'add_team_member', member, { text: words(`team.add_${side}`) });
  for (const rhythm of RHYTHMS) await act(hand, page, 'create_communication', rhythm);
  await act(hand, page, 'record_meeting', { ...MEETING, participants: [{ side: 'agency', name }, { side: 'client', name: APPROVER.name }] });
  await see(page, MEETING.decisions[0].text);
  for (const obligation of OBLIGATIONS) await act(hand, page, 'create_obligation', obligation);
  await see(page, OBLIGATIONS.at(-1).text);
  await show('kickoff');
}

async function supply({ hand, as }) {
  const page = await as('client');
  await visit(hand, page, 'engagement.kickoff');
  for (const { text } of OBLIGATIONS) {
    const row = page.getByRole('listitem').filter({ hasText: text }).first();
    await act(hand, page, 'fulfil_obligation', {}, { scope: row });
    await row.getByText(words('value.fulfilled'), { exact: true }).waitFor();
  }
}

export function beginning(at) {
  test('the work begins: a team, its rhythm, a meeting, and what the client supplies', at.on(KICKOFF.kickoff_day, kickOff));
  test('the client supplies it', at.on(KICKOFF.kickoff_day, supply));
}
