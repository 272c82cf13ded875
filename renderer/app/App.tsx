/** The window with everything it needs around it. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { Fragment, useEffect, useSyncExternalStore } from 'react';
import { TaskPresence } from '../features/running/TaskPresence.tsx';
import { currentLanguage, onLanguage } from '../i18n/language.ts';
import type { Stores } from '../stores/create-stores.ts';
import { preferenceValue } from '../stores/preferences-store.ts';
import { StoresProvider } from '../stores/use-stores.ts';
import { movingTheme, stillTheme, theme } from '../theme/theme.ts';
import type { Transport } from '../transport/pick-transport.ts';
import { keepFocus } from './kept-focus.ts';
import { PreferencesInForce } from './PreferencesInForce.tsx';
import { Shell } from './Shell.tsx';

const schemeManager = localStorageColorSchemeManager({ key: 'stillframe-color-scheme' });

function themeFor(reducedMotion: string | undefined) {
  if (reducedMotion === 'yes') return stillTheme;
  return reducedMotion === 'no' ? movingTheme : theme;
}

export function App({ stores, transport }: { stores: Stores; transport: Transport }) {
  // Above the provider of the stores, because the theme is.
  const motion = useSyncExternalStore(stores.preferences.subscribe, () =>
    preferenceValue('reducedmotion')(stores.preferences.getState()),
  );
  const language = useSyncExternalStore(onLanguage, currentLanguage);
  useEffect(keepFocus, []);
  return (
    // The content security policy forbids style sheets made at run time: theme.css has them all.
    <MantineProvider
      theme={themeFor(motion)}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <StoresProvider value={stores}>
        <PreferencesInForce />
        {/* Texts are looked up while drawing: in another language, all is drawn anew. */}
        <Fragment key={language}>
          <Shell nativeMenu={transport.nativeMenu} onCommand={transport.onCommand} />
          <TaskPresence hostWindow={transport.hostWindow} />
        </Fragment>
      </StoresProvider>
      <Notifications position="bottom-right" autoClose={6000} limit={3} />
    </MantineProvider>
  );
}
