/* Language and appearance: as the person wants them, kept on this device for the door, and with the person for every other. */
import { ask } from './api/ask';
import { change_preferences, show_preferences } from './api/generated/first_operations';
import { viewer } from './api/session';
import { currentTheme, keep, wear, type Theme } from './look';
import { currentLanguage, isLanguage, speak, type Language } from './messages';

/* What was chosen goes with the person; a server that cannot be reached changes nothing on this page. */
async function tell() {
  if (!viewer()) return;
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await ask(change_preferences, { body: { locale: currentLanguage(), theme: currentTheme(), time_zone } }).catch(() => null);
}

export async function chooseLanguage(language: Language) {
  keep('language', language);
  await speak(language);
  void tell();
}

export function chooseTheme(theme: Theme) {
  wear(theme);
  void tell();
}

/* After entering: as the person chose elsewhere; who never chose keeps what this device has. Whether the language is another now. */
export async function followPreferences(): Promise<boolean> {
  const { data } = await ask(show_preferences).catch(() => ({ data: null }));
  if (data?.theme) wear(data.theme);
  if (!isLanguage(data?.locale) || data.locale === currentLanguage()) return false;
  keep('language', data.locale);
  await speak(data.locale);
  return true;
}
