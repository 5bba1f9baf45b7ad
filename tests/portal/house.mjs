/* The browser, the people in it, and the server they meet. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { env } from 'node:process';
import { chromium } from 'playwright-core';

export const URL = env.WAYMARK_PORTAL ?? env.WAYMARK_URL;
export const OWNER = { company: env.WAYMARK_COMPANY, email: env.WAYMARK_EMAIL, password: env.WAYMARK_PASSWORD };
const PICTURES = env.WAYMARK_PICTURES;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  '--js-flags=--no-opt --no-maglev']; // no page lives long enough to win back what the optimising compilers cost
const PATIENCE_MS = 90_000; // a picture of a long page takes its time on a busy machine
const QUIET_MS = 4_000;
const AT_WORK = 'T14:00:00Z'; // in the middle of a working day on both sides of the Atlantic

const momentOf = (day) => Date.parse(`${day}${AT_WORK}`);
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export const browser = await chromium.launch({ executablePath: `/usr/bin/${env.CHROMIUM}`, args: QUIET });

/* What a page is not to be blamed for: a refusal that it shows, and a machine that slept or got another address meanwhile. */
const NO_FAULT = /status of (401|404|403|409|412|422|503)|net::ERR_NETWORK_(CHANGED|IO_SUSPENDED)/;

/* Somebody at a browser of their own. What the page complains about is kept: a test can demand silence. */
export async function person(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('filechooser', () => {}); // from the first one on: a chooser that nobody waits for is left at once
  const complaints = [];
  const underWay = new Set(); // requests without the live stream, which never ends
  page.on('request', (request) => { if (!request.url().includes('/live?')) underWay.add(request); });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => underWay.delete(request));
  page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) underWay.clear(); });
  page.isQuiet = () => underWay.size === 0;
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !NO_FAULT.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

export async function signIn(page, { company, email, password } = OWNER) {
  await page.goto(URL);
  await page.getByLabel('E-mail').fill(email);
  const asked = page.getByLabel('Short name of the agency'); // where several agencies share the server
  if (await asked.isVisible()) await asked.fill(company);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
}

export async function enterByLink(page, token) {
  await page.goto(`${URL}/enter#${token}`);
  await page.getByRole('button', { name: 'Enter', exact: true }).click();
  await page.getByRole('navigation').first().waitFor();
}

/* ---- mail ---- */

const decoded = (text) => text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

/* The one-time links that were mailed to an address so far. */
function linksTo(address) {
  const folder = `${env.WAYMARK_DATA}/mail`;
  if (!existsSync(folder)) return [];
  const mails = readdirSync(folder).filter((name) => name.endsWith('.eml')).map((name) => decoded(readFileSync(`${folder}/${name}`, 'utf8')));
  return mails.filter((text) => text.includes(address)).map((text) => /\/enter(\?page=[\w/-]+)?#[\w.-]+/.exec(text)?.[0]).filter(Boolean);
}

/* The one-time link that is mailed to an address for what is done; waits for it. */
export async function linkAfter(address, done) {
  const before = linksTo(address);
  await done();
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
    const fresh = linksTo(address).find((link) => !before.includes(link));
    if (fresh) return `${URL}${fresh}`;
  }
  throw new Error(`no link was mailed to ${address}`);
}

/* ---- days ---- */

/* The clocks of the server and of a browser stand still on a day until they are set on. */
export function setServerDay(day) {
  writeFileSync(`${env.WAYMARK_CLOCK}.new`, String(momentOf(day)));
  renameSync(`${env.WAYMARK_CLOCK}.new`, env.WAYMARK_CLOCK);
}

export const setBrowserDay = (context, day) => context.addInitScript((moment) => {
  globalThis.Date = class extends Date {
    constructor(...parts) { super(...(parts.length > 0 ? parts : [moment])); }
    static now() { return moment; }
  };
}, momentOf(day));

/* ---- looking ---- */

/* Waits until nothing on the page is waited for, and for a while that nothing is on its way: the viewer of a PDF never tells
   of the end of what it asked for. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy="true"], .waiting'));
  const end = Date.now() + QUIET_MS;
  for (let quiet = 0; quiet < 3 && Date.now() < end; quiet = page.isQuiet() ? quiet + 1 : 0) await pause(50);
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/* What axe finds against WCAG 2.2 AA, or against some of its rules, as sentences; none is what is wanted. */
export async function axeFindings(page, rules) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(AXE);
  return page.evaluate(async (runOnly) => {
    const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }); // what is sound is much, and nobody reads it
    return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${one.help}: ${node.target.join(' ')}`));
  }, rules ?? WCAG);
}

export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true, animations: 'disabled' });
}

export async function leave() { await browser.close(); }
