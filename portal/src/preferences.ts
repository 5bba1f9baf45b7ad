/* Language and appearance, as the person chose them on this device. */
import { isLanguage, speak, wishedLanguage, type Language } from './messages';

export type Theme = 'auto' | 'light' | 'dark';

const read = (name: string) => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name: string, value: string) => { try { localStorage.setItem(name, value); } catch { /* a private window */ } };

export function rememberedLanguage(): Language {
  const kept = read('language');
  return isLanguage(kept) ? kept : wishedLanguage();
}

export async function chooseLanguage(language: Language) {
  keep('language', language);
  await speak(language);
}

export function currentTheme(): Theme {
  const kept = read('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function wear(theme: Theme) {
  keep('theme', theme);
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
