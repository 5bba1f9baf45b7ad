import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/parts.css';
import './design/print.css';
import { preparePrint } from './design/print';
import { render } from 'preact';
import { findSession } from './api/session';
import { App } from './app';
import { currentTheme, followPreferences, rememberedLanguage, wear } from './preferences';
import { currentLanguage, speak } from './messages';

/* Not at the top of the module: its file has the first pages, too, and they come after it. */
async function start() {
  wear(currentTheme());
  preparePrint();
  await speak(rememberedLanguage());
  const session = await findSession().catch(() => null); // a server that cannot be reached shows as such on the page
  const place = document.getElementById('app')!;
  render(<App />, place);
  if (session && await followPreferences()) render(<App key={currentLanguage()} />, place); // their words, not this device's
}

void start();
