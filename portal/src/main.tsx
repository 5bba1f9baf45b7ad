/* The portal itself, which start.ts loads. */
import { render } from 'preact';
import type { Session } from './api/session';
import { App } from './app';
import { preparePrint } from './design/print';
import { rememberedLanguage } from './look';
import { speak } from './messages';
import { followPreferences } from './preferences';
import { rememberPlaces } from './scroll';

export async function show(finding: Promise<Session | null>) {
  preparePrint();
  rememberPlaces();
  await speak(rememberedLanguage());
  const session = await finding;
  if (session) await followPreferences(session);
  const place = document.getElementById('app')!;
  place.replaceChildren(); // what stood there while everybody waited
  render(<App />, place);
}
