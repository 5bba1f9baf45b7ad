/* How the portal looks and in which words it begins, as this device keeps it. */
import { isLanguage, wishedLanguage, type Language } from './messages/languages';

export type Theme = 'system' | 'light' | 'dark';

export const read = (name: string) => { try { return localStorage.getItem(name); } catch { return null; } };
export const keep = (name: string, value: string) => { try { localStorage.setItem(name, value); } catch { /* a private window */ } };

export function rememberedLanguage(): Language {
  const kept = read('language');
  return isLanguage(kept) ? kept : wishedLanguage();
}

export function currentTheme(): Theme {
  const kept = read('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function wear(theme: Theme) {
  keep('theme', theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
