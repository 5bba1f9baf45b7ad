/* What the page loads first, and small: it puts on how the portal looks before anything is drawn, and asks for what the
   client's first page shows while the portal itself is on its way. */
import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/parts.css';
import './design/print.css';
import './parts/search.css';
import { expect } from './api/kept';
import { CLIENT_HOME, findSession, homeOf, isClient, isHome } from './api/session';
import { currentTheme, rememberedLanguage, wear } from './look';
import { declare, firstWords } from './messages/languages';
import { engagementsAtHome, turnsAtHome } from './pages/home_asks';

async function find() {
  const session = await findSession().catch(() => null); // a server that cannot be reached shows as such on the page
  if (session && isHome(location.pathname)) history.replaceState(null, '', homeOf());
  if (isClient() && location.pathname === CLIENT_HOME) {
    expect(...turnsAtHome);
    expect(...engagementsAtHome);
  }
  return session;
}

/* The portal did not come, nor its words. */
function sayLost() {
  const told = document.getElementById('lost');
  if (!told) return; // it came, and something else is wrong
  document.querySelector('.frame')?.removeAttribute('aria-busy');
  told.previousElementSibling?.remove();
  told.className = 'note bad';
  told.hidden = false;
}

const language = rememberedLanguage();
wear(currentTheme());
declare(language);
if (language !== 'en') void firstWords[language]().catch(() => null);
const finding = find();
void import('./main').then(({ show }) => show(finding)).catch(() => sayLost());

/* The first format of a browser costs more than all that follow: it is made while everything is on its way. */
requestAnimationFrame(() => setTimeout(() => new Intl.NumberFormat(language).format(0)));
