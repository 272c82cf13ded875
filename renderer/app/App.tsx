/** The window with everything it needs around it. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { TaskPresence } from '../features/running/TaskPresence.tsx';
import type { Stores } from '../stores/create-stores.ts';
import { StoresProvider } from '../stores/use-stores.ts';
import { theme } from '../theme/theme.ts';
import type { Transport } from '../transport/pick-transport.ts';
import { Shell } from './Shell.tsx';

const schemeManager = localStorageColorSchemeManager({ key: 'stillframe-color-scheme' });

export function App({ stores, transport }: { stores: Stores; transport: Transport }) {
  return (
    // The content security policy forbids style sheets made at run time: theme.css has them all.
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <StoresProvider value={stores}>
        <Shell nativeMenu={transport.nativeMenu} onCommand={transport.onCommand} />
        <TaskPresence hostWindow={transport.hostWindow} />
      </StoresProvider>
      <Notifications position="bottom-right" autoClose={6000} limit={3} />
    </MantineProvider>
  );
}
