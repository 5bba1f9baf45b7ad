/* The languages of the portal, and where the words of each are: those of the first page, and the rest. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

type Words = () => Promise<{ default: unknown }>;

/* Of the door, the frame and the client's first page. English ones are in the portal's own file. */
export const firstWords: Record<Exclude<Language, 'en'>, Words> = {
  de: () => import('./de/first'),
  fr: () => import('./fr/first'),
  es: () => import('./es/first'),
  ar: () => import('./ar/first'),
};

export const otherWords: Record<Language, Words> = {
  en: () => import('./en/rest'),
  de: () => import('./de/rest'),
  fr: () => import('./fr/rest'),
  es: () => import('./es/rest'),
  ar: () => import('./ar/rest'),
};

export const isLanguage = (text: string | null | undefined): text is Language => !!text && text in LANGUAGES;

/* The browser's wish, as far as there is a catalogue. */
export function wishedLanguage(): Language {
  const wish = navigator.languages.map((one) => one.split('-')[0]).find(isLanguage);
  return wish ?? 'en';
}

/* The page's language, and the direction that it is read in. */
export function declare(language: Language) {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
}
