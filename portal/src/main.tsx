/* The portal itself, which start.ts loads. */
import { render } from 'preact';
import type { Session } from './api/session';
import { App } from './app';
import { preparePrint } from './design/print';
import { rememberedLanguage } from './look';
import { currentLanguage, speak } from './messages';
import { followPreferences } from './preferences';

export async function show(finding: Promise<Session | null>) {
  preparePrint();
  await speak(rememberedLanguage());
  const session = await finding;
  const place = document.getElementById('app')!;
  place.replaceChildren(); // what stood there while everybody waited
  render(<App />, place);
  if (session && await followPreferences()) render(<App key={currentLanguage()} />, place); // their words, not this device's
}
