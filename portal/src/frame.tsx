/* What stands around every page: where one can go, who one is, language and appearance. */
import {
  Briefcase, Building2, ChartColumn, Clock, FileText, Fingerprint, House, Landmark, LogOut, Menu, Scale, Settings,
} from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { ask, type Refusal } from './api/ask';
import { sign_out } from './api/generated/first_operations';
import { CLIENT_HOME, enter, homeOf, isClient, viewer } from './api/session';
import { Button } from './design/button';
import { Icon, type Picture } from './design/icon';
import { toast } from './design/toast';
import { currentTheme, type Theme } from './look';
import { currentLanguage, LANGUAGES, say, sayOne, type Key, type Language } from './messages';
import { Search } from './parts/search';
import { chooseLanguage, chooseTheme } from './preferences';

interface Place { href: string; text: Key; icon: Picture; roles?: string }

const agencyPlaces: { title?: Key; places: Place[] }[] = [
  { places: [
    { href: '/', text: 'nav.today', icon: House },
    { href: '/engagements', text: 'nav.engagements', icon: Briefcase },
    { href: '/clients', text: 'nav.clients', icon: Building2 },
    { href: '/time', text: 'nav.time', icon: Clock },
  ] },
  { title: 'nav.money', places: [
    { href: '/invoices', text: 'nav.invoices', icon: FileText },
    { href: '/payments', text: 'nav.payments', icon: Landmark, roles: 'owner finance auditor' },
    { href: '/ledger', text: 'nav.ledger', icon: Scale, roles: 'owner finance auditor' },
    { href: '/reports', text: 'nav.reports', icon: ChartColumn },
  ] },
  { title: 'nav.house', places: [
    { href: '/evidence', text: 'nav.evidence', icon: Fingerprint },
    { href: '/settings', text: 'nav.settings', icon: Settings },
  ] },
];

const clientPlaces: { title?: Key; places: Place[] }[] = [
  { places: [
    { href: CLIENT_HOME, text: 'nav.home', icon: House },
    { href: '/engagements', text: 'nav.engagements', icon: Briefcase },
    { href: '/invoices', text: 'nav.invoices', icon: FileText },
    { href: '/payments', text: 'nav.payments', icon: Landmark },
    { href: '/evidence', text: 'nav.evidence', icon: Fingerprint },
    { href: '/details', text: 'nav.details', icon: Building2 },
  ] },
];

/* What is found by way of a place, and has an address of its own. */
const below: Record<string, RegExp> = {
  '/engagements': /^\/(certificates|change-orders|contracts|defects|disputes|estimates|milestones|price-reductions|progress-claims|proposals|status-reports|submissions)\//,
  '/payments': /^\/refunds/,
};
const isHere = (href: string, path: string) => (href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`) || !!below[href]?.test(path));

function Places({ path }: { path: string }) {
  const role = viewer()?.role ?? '';
  return (
    <>
      {(isClient() ? clientPlaces : agencyPlaces).map(({ title, places }) => {
        const shown = places.filter((place) => !place.roles || place.roles.split(' ').includes(role));
        return shown.length > 0 && (
          <>
            {title && <div class="group">{say(title)}</div>}
            <nav aria-label={say(title ?? 'nav.main')}>
              {shown.map((place) => (
                <a href={place.href} aria-current={isHere(place.href, path) ? 'page' : undefined}><Icon of={place.icon} />{say(place.text)}</a>
              ))}
            </nav>
          </>
        );
      })}
    </>
  );
}

export function LanguageChoice({ changed }: { changed: () => void }) {
  return (
    <select class="input" aria-label={say('common.language')} value={currentLanguage()}
      onChange={(event) => { void chooseLanguage(event.currentTarget.value as Language).then(changed); }}>
      {Object.entries(LANGUAGES).map(([key, name]) => <option value={key} lang={key}>{name}</option>)}
    </select>
  );
}

export function ThemeChoice() {
  return (
    <select class="input" aria-label={say('common.theme')} value={currentTheme()} onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}>
      <option value="system">{say('theme.auto')}</option>
      <option value="light">{say('theme.light')}</option>
      <option value="dark">{say('theme.dark')}</option>
    </select>
  );
}

const Brand = () => <a class="brand" href={homeOf()}><img src="/icon.svg" alt="" width="28" height="28" />waymark</a>;

export function Frame({ changed, children }: { changed: () => void; children: ComponentChildren }) {
  const { path } = useLocation();
  const [isOpen, open] = useState(false);
  const session = viewer();
  useEffect(() => open(false), [path]);
  const leave = async () => {
    const refusal = await ask(sign_out).then(() => null, (caught: Refusal) => caught);
    if (refusal && refusal.slug !== 'unauthenticated') return toast(sayOne('problem', refusal.slug)); // they are still in
    enter(null);
    changed();
  };
  return (
    <div class="frame" onKeyDown={(event) => { if (event.key === 'Escape') open(false); }}>
      <a class="skip" href="#content">{say('common.skip')}</a>
      <header class="top"><Brand /><Button tone="plain" label={say('common.menu')} opens={{ id: 'side', isOpen }} onClick={() => open(!isOpen)}><Icon of={Menu} /></Button></header>
      <aside id="side" class={`side ${isOpen ? 'open' : ''}`} onClick={(event) => { if ((event.target as Element).closest('a')) open(false); }}>
        <Brand />
        <Search />
        <Places path={path} />
        <footer>
          <div><strong>{session?.name}</strong><div class="faint">{sayOne('value', session?.role ?? '')}</div></div>
          <LanguageChoice changed={changed} />
          <ThemeChoice />
          <button type="button" class="button plain small" onClick={leave}><Icon of={LogOut} turns />{sayOne('act', 'sign_out')}</button>
        </footer>
      </aside>
      <main class="main" id="content" tabIndex={-1}>{children}</main>
    </div>
  );
}
