import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/parts.css';
import { render } from 'preact';
import { findSession } from './api/session';
import { App } from './app';
import { currentTheme, rememberedLanguage, wear } from './preferences';
import { speak } from './messages';

wear(currentTheme());
await speak(rememberedLanguage());
await findSession().catch(() => null); // a server that cannot be reached shows as such on the page
render(<App />, document.getElementById('app')!);
