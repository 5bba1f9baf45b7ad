/* Who plays, each at a browser of their own, on which day, and how they get from page to page. */
import { follow, words } from '../acting.mjs';
import { linkAfter, OWNER, person, picture, setBrowserDay, setServerDay, settled, URL } from '../house.mjs';
import { APPROVER, ENGAGEMENT, LEAD } from './sample.mjs';

async function byPassword(hand, page, { email, password }) {
  await hand.write(page.getByLabel(words('enter.email')), email);
  await hand.write(page.getByLabel(words('enter.password')), password);
  await hand.press(page.getByRole('button', { name: words('act.sign_in'), exact: true }));
}

/* The door knows this device, as the client came through it by the invitation: an address is typed, and the link that comes by
   mail lets them in. */
async function askForLink(hand, page) {
  await hand.write(page.getByLabel(words('enter.email')), APPROVER.email);
  await hand.press(page.getByRole('button', { name: words('act.request_link'), exact: true }));
}

async function followLink(hand, page, link) {
  await page.goto(link);
  await hand.press(page.getByRole('button', { name: words('enter.go'), exact: true }));
}

const doors = {
  agency: (hand, page) => byPassword(hand, page, OWNER),
  lead: (hand, page) => byPassword(hand, page, LEAD),
  client: async (hand, page) => followLink(hand, page, await linkAfter(APPROVER.email, () => askForLink(hand, page))),
};

export function cast(hand) {
  const people = {};
  let today;

  const onDay = async (who) => {
    const one = people[who] ??= await person();
    if (one.day !== today) await setBrowserDay(one.context, today);
    one.day = today;
    return one.page;
  };

  /* Their page. A session does not last until another day: who acts first on one comes in by their door. */
  const as = async (who, door = doors[who]) => {
    if (people[who]?.day === today) return people[who].page;
    const page = await onDay(who);
    await page.goto(URL);
    await door(hand, page);
    await page.getByRole('navigation', { name: words('nav.main'), exact: true }).waitFor();
    return page;
  };

  /* Not before everybody has seen what came of the last: their sessions end with the day, whatever is on its way. */
  const setDay = async (day) => {
    if (day === today) return;
    await Promise.all(Object.values(people).filter((one) => one.day === today).map((one) => settled(one.page)));
    setServerDay(day);
    today = day;
  };

  const stage = {
    hand,
    as,
    on: (day, scene, ...more) => async () => { await setDay(day); return scene(stage, ...more); },
    comeByInvitation: (invite) => as('client', async (_, page) => followLink(hand, page, await linkAfter(APPROVER.email, invite))),
    complaints: () => Object.values(people).flatMap((one) => one.complaints),
    /* As those see it who are there that day; not a page with a paper, whose place is empty in this browser. */
    async show(name, isWanted = hand.keepsPictures) {
      if (!isWanted) return;
      for (const [who, one] of Object.entries(people))
        if (one.day === today && await one.page.locator('iframe.paper').count() === 0) await picture(one.page, `${hand.name.split(' ')[1]}-${name}-${who}`);
    },
  };
  return stage;
}

/* ---- ways ---- */

export const see = (page, text) => page.getByText(text).first().waitFor();
export const button = (scope, name) => scope.getByRole('button', { name, exact: true }).first();
export const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/* By the places beside every page. */
export async function goTo(hand, page, place) {
  await hand.press(page.locator('aside.side').getByRole('link', { name: words(place), exact: true }));
  await heading(page, words(place));
  await settled(page);
}

/* To a page of the engagement by its tab. */
export async function visit(hand, page, tab = 'engagement.overview') {
  const tabs = page.getByRole('navigation', { name: ENGAGEMENT.title, exact: true });
  if (await tabs.count() === 0) {
    await goTo(hand, page, 'nav.engagements');
    await follow(hand, page, ENGAGEMENT.title);
  }
  await hand.press(tabs.getByRole('link', { name: words(tab), exact: true }));
  await heading(page, tab === 'engagement.overview' ? ENGAGEMENT.title : words(tab));
  await settled(page);
}
