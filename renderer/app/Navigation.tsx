/** The views, at the left. */
import { IconArrowBarToDown, IconArrowBarUp, IconHome, IconListDetails, IconSettings } from '@tabler/icons-react';
import { isFinished } from '../stores/tasks-store.ts';
import type { View } from '../stores/ui-store.ts';
import { useStores, useValue } from '../stores/use-stores.ts';

const ENTRIES = [
  { view: 'hub', label: 'Hub', icon: IconHome },
  { view: 'backup', label: 'Backup', icon: IconArrowBarUp },
  { view: 'restore', label: 'Restore', icon: IconArrowBarToDown },
  { view: 'activity', label: 'Activity', icon: IconListDetails },
  { view: 'preferences', label: 'Preferences', icon: IconSettings },
] as const satisfies readonly { view: View; label: string; icon: typeof IconArrowBarUp }[];

export function Navigation() {
  const { ui } = useStores();
  const shown = useValue('ui', (state) => state.view);
  const running = useValue('tasks', (state) => state.tasks.filter((task) => !isFinished(task)).length);
  return (
    <nav className="sf-nav" aria-label="Views" data-pane>
      {ENTRIES.map(({ view, label, icon: Glyph }) => (
        <button
          key={view}
          type="button"
          className="sf-nav-item"
          aria-current={shown === view ? 'page' : undefined}
          onClick={() => ui.getState().show(view)}
        >
          <Glyph size={17} stroke={1.7} aria-hidden />
          <span>{label}</span>
          {view === 'activity' && running > 0 ? (
            <span className="sf-nav-count" title={`${running} running`}>
              {running}
            </span>
          ) : null}
        </button>
      ))}
    </nav>
  );
}
