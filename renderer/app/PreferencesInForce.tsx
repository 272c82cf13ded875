/** Brings the preferences that are about the window itself into force: language, colours, movement. Draws nothing. */
import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { isLanguage, speak, systemLanguage } from '../i18n/language.ts';
import { preferenceValue } from '../stores/preferences-store.ts';
import { useValue } from '../stores/use-stores.ts';

/** What the preference was when it was last followed: the View menu may have chosen something else since. */
const FOLLOWED_AS = 'stillframe-theme-preference';

const SCHEMES: Readonly<Record<string, 'light' | 'dark' | 'auto'>> = { light: 'light', dark: 'dark', system: 'auto' };

export function PreferencesInForce() {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const language = useValue('preferences', preferenceValue('language'));
  const scheme = useValue('preferences', preferenceValue('theme'));
  const motion = useValue('preferences', preferenceValue('reducedmotion'));

  useEffect(() => {
    if (language === undefined) return;
    void speak(isLanguage(language) ? language : systemLanguage());
  }, [language]);

  useEffect(() => {
    const wanted = scheme === undefined ? undefined : SCHEMES[scheme];
    if (wanted === undefined || localStorage.getItem(FOLLOWED_AS) === wanted) return;
    localStorage.setItem(FOLLOWED_AS, wanted);
    setColorScheme(wanted);
  }, [scheme, setColorScheme]);

  useEffect(() => {
    // The style sheets read it: see theme/motion.css.
    if (motion === 'yes' || motion === 'no')
      document.documentElement.dataset.motion = motion === 'yes' ? 'less' : 'full';
    else delete document.documentElement.dataset.motion;
  }, [motion]);

  return null;
}
