/** Which language the window speaks, and how it is changed. */
import { i18next } from './instance.ts';
import { learnSentences } from './sentences/learned.ts';
import type { Namespace } from './texts.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Kept in this browser, so that the first picture already speaks it. */
const STORED_AS = 'stillframe-language';

export function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language of the person's system, as far as we speak it. */
export function systemLanguage(preferred: readonly string[] = navigator.languages): Language {
  for (const tag of preferred) {
    const [language] = tag.split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/** The language now. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}

/** Starts with the language of last time, or the system's. Must be awaited before anything is drawn. */
export async function startLanguage(): Promise<Language> {
  const stored = localStorage.getItem(STORED_AS);
  const language = isLanguage(stored) ? stored : systemLanguage();
  await speak(language);
  return language;
}

/** Changes the language; who draws listens to `onLanguage`. */
export async function speak(language: Language): Promise<void> {
  if (language === 'de' && !i18next.hasResourceBundle('de', 'common')) {
    const [{ de }, { AREAS }] = await Promise.all([import('./de/index.ts'), import('./sentences/de/index.ts')]);
    learnSentences('de', AREAS);
    for (const [namespace, texts] of Object.entries(de)) {
      i18next.addResourceBundle('de', namespace satisfies string as Namespace, texts);
    }
  }
  localStorage.setItem(STORED_AS, language);
  document.documentElement.lang = language;
  // Who speaks it already is not drawn anew.
  if (language !== i18next.language) await i18next.changeLanguage(language);
}

/** Calls `listener` after each change. Returns the function that unsubscribes. */
export function onLanguage(listener: (language: Language) => void): () => void {
  const changed = (language: string): void => listener(isLanguage(language) ? language : 'en');
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}
