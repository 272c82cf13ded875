/** The one i18next of the window. English is there at once; other languages are fetched when somebody speaks them. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';

// Nothing is waited for: the texts are part of the program.
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'common',
  ns: Object.keys(en),
  resources: { en },
  initAsync: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
  returnNull: false,
});

export { i18next };
