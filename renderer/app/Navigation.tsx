/** The views, at the left; Preferences at the bottom. */
import { IconArrowBarToDown, IconArrowBarUp, IconHome, IconListDetails, IconSettings } from '@tabler/icons-react';
import { t } from '../i18n/t.ts';
import { isFinished } from '../stores/tasks-store.ts';
import type { View } from '../stores/ui-store.ts';
import { useStores, useValue } from '../stores/use-stores.ts';

const ENTRIES = [
  { view: 'hub', icon: IconHome },
  { view: 'backup', icon: IconArrowBarUp },
  { view: 'restore', icon: IconArrowBarToDown },
  { view: 'activity', icon: IconListDetails },
  { view: 'preferences', icon: IconSettings },
] as const satisfies readonly { view: View; icon: typeof IconArrowBarUp }[];

export function Navigation() {
  const { ui } = useStores();
  const shown = useValue('ui', (state) => state.view);
  const running = useValue('tasks', (state) => state.tasks.filter((task) => !isFinished(task)).length);
  return (
    <nav className="sf-nav" aria-label={t('shell:views.label')} data-pane>
      {ENTRIES.map(({ view, icon: Glyph }) => (
        <button
          key={view}
          type="button"
          className="sf-nav-item"
          data-view={view}
          aria-current={shown === view ? 'page' : undefined}
          onClick={() => ui.getState().show(view)}
        >
          <Glyph size={17} stroke={1.7} aria-hidden />
          <span className="sf-clip">{t(`shell:views.${view}`)}</span>
          {view === 'activity' && running > 0 ? (
            <span className="sf-nav-count" title={t('shell:views.running', { count: running })}>
              {running}
            </span>
          ) : null}
        </button>
      ))}
    </nav>
  );
}
