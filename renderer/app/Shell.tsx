/** The frame: menus, views, content, status. */
import { lazy, Suspense } from 'react';
import { SkeletonRows } from '../components/SkeletonRows.tsx';
import { HubView } from '../features/hub/HubView.tsx';
import { RepositoryGate } from '../features/setup/RepositoryGate.tsx';
import { t } from '../i18n/t.ts';
import { useStores, useValue } from '../stores/use-stores.ts';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { ContentBoundary } from './ContentBoundary.tsx';
import { Dialogs } from './Dialogs.tsx';
import { ExpiredPage } from './ExpiredPage.tsx';
import { MenuBar } from './MenuBar.tsx';
import { Navigation } from './Navigation.tsx';
import { SchemeButton } from './SchemeButton.tsx';
import { SearchButton } from './SearchButton.tsx';
import { SkipLink } from './SkipLink.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useCommands } from './use-commands.ts';
import { useNativeMenu } from './use-native-menu.ts';
import { useRoutes } from './use-routes.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTitle } from './use-title.ts';
import { views } from './views.ts';

// The hub is what a window begins with; the others are fetched while it is looked at.
const CONTENT = {
  hub: HubView,
  backup: lazy(views.backup),
  restore: lazy(views.restore),
  activity: lazy(views.activity),
  preferences: lazy(views.preferences),
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
  const view = useValue('ui', (state) => state.view);
  useTitle(view);
  const Content = CONTENT[view];
  if (expired) return <ExpiredPage />;
  return (
    <div className="sf-frame">
      <SkipLink />
      <section className="sf-top" aria-label={t('shell:frame.top')}>
        {nativeMenu ? <span /> : <MenuBar commands={commands} />}
        <span className="sf-top-title">Stillframe</span>
        <div className="sf-top-end">
          <SearchButton />
          <SchemeButton />
        </div>
      </section>
      <Navigation />
      <main className="sf-main" id="content" tabIndex={-1} aria-label={t(`shell:views.${view}`)}>
        <ContentBoundary of={view}>
          <RepositoryGate>
            <Suspense fallback={<SkeletonRows label={t('loading')} />}>
              <Content />
            </Suspense>
          </RepositoryGate>
        </ContentBoundary>
        <ConnectionNotice />
      </main>
      <StatusBar />
      <Dialogs commands={commands} />
    </div>
  );
}
