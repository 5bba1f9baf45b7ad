import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/parts.css';
import { render } from 'preact';
import { findSession } from './api/session';
import { App } from './app';
import { currentTheme, followPreferences, rememberedLanguage, wear } from './preferences';
import { speak } from './messages';

wear(currentTheme());
await speak(rememberedLanguage());
if (await findSession().catch(() => null)) await followPreferences(); // a server that cannot be reached shows as such on the page
render(<App />, document.getElementById('app')!);
