/** The frame: menus, views, content, status. */
import { lazy, Suspense } from 'react';
import { SkeletonRows } from '../components/SkeletonRows.tsx';
import { ActivityView } from '../features/activity/ActivityView.tsx';
import { BackupView } from '../features/backup/BackupView.tsx';
import { FileDetailsDialog } from '../features/file-details/FileDetailsDialog.tsx';
import { HubView } from '../features/hub/HubView.tsx';
import { RestoreView } from '../features/restore/RestoreView.tsx';
import { RepositoryGate } from '../features/setup/RepositoryGate.tsx';
import { useStores, useValue } from '../stores/use-stores.ts';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { ExpiredPage } from './ExpiredPage.tsx';
import { InformationDialogs } from './InformationDialogs.tsx';
import { MenuBar } from './MenuBar.tsx';
import { Navigation } from './Navigation.tsx';
import { SchemeButton } from './SchemeButton.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useCommands } from './use-commands.ts';
import { useNativeMenu } from './use-native-menu.ts';
import { useRoutes } from './use-routes.ts';
import { useShortcuts } from './use-shortcuts.ts';

// What is opened seldom is fetched when it is.
const PreferencesView = lazy(async () => ({
  default: (await import('../features/preferences/PreferencesView.tsx')).PreferencesView,
}));
const ErrorLogDialog = lazy(async () => ({
  default: (await import('../features/activity/ErrorLogDialog.tsx')).ErrorLogDialog,
}));
const SetupWizard = lazy(async () => ({ default: (await import('../features/setup/SetupWizard.tsx')).SetupWizard }));

const CONTENT = {
  hub: HubView,
  backup: BackupView,
  restore: RestoreView,
  activity: ActivityView,
  preferences: PreferencesView,
} as const;

interface ShellProps {
  nativeMenu: boolean;
  onCommand(listener: (command: string) => void): () => void;
}

export function Shell({ nativeMenu, onCommand }: ShellProps) {
  const { ui } = useStores();
  const commands = useCommands();
  useShortcuts(commands);
  useNativeMenu(commands, onCommand);
  useRoutes(ui);
  const expired = useValue('connection', (state) => state.connection.phase === 'expired');
  const Content = CONTENT[useValue('ui', (state) => state.view)];
  if (expired) return <ExpiredPage />;
  return (
    <div className="sf-frame">
      <section className="sf-top" aria-label="Menus and appearance">
        {nativeMenu ? <span /> : <MenuBar commands={commands} />}
        <span className="sf-top-title">Stillframe</span>
        <SchemeButton />
      </section>
      <Navigation />
      <main className="sf-main">
        <RepositoryGate>
          <Suspense fallback={<SkeletonRows label="Loading" />}>
            <Content />
          </Suspense>
        </RepositoryGate>
        <ConnectionNotice />
      </main>
      <StatusBar />
      <Suspense>
        <SetupWizard />
        <ErrorLogDialog />
      </Suspense>
      <FileDetailsDialog />
      <InformationDialogs />
    </div>
  );
}
