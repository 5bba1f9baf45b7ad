/* Language and appearance: as the person wants them, kept on this device for the door, and with the person for every other. */
import { ask } from './api/ask';
import { change_preferences } from './api/generated/first_operations';
import { viewer, type Session } from './api/session';
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

/* As the person chose elsewhere; who never chose keeps what this device has. */
export async function followPreferences({ locale, theme }: Session) {
  if (theme) wear(theme);
  if (!isLanguage(locale) || locale === currentLanguage()) return;
  keep('language', locale);
  await speak(locale);
}
