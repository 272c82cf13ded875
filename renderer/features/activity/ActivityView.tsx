/** Every task of this session, newest first. */
import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { TaskCard } from '../running/TaskCard.tsx';
import { CleanUpCard } from './CleanUpCard.tsx';

export function ActivityView() {
  const { repository, system, ui } = useStores();
  const cleaning = useValue('system', (state) => state.cleanUp.phase === 'loading');
  const tasks = useValue('tasks', (state) => state.tasks);
  const dismissed = useValue('tasks', (state) => state.dismissed);
  const failure = useValue('repository', (state) => state.failure);
  const shown = tasks.filter((task) => !dismissed.includes(task.id));
  return (
    <div className="sf-view">
      <div className="sf-toolbar" role="toolbar" aria-label="Activity" data-pane>
        <h1>Activity</h1>
        <span className="sf-grow" />
        <Button
          variant="default"
          title="Removes snapshots, clones and freezes that stopped runs left behind on this computer"
          loading={cleaning}
          onClick={() => void system.getState().sweep()}
        >
          Clean up leftovers
        </Button>
        <Button variant="default" onClick={() => void repository.getState().check(false)}>
          Check repository
        </Button>
      </div>
      <div className="sf-view-content sf-cards" data-pane>
        {failure ? <ErrorCard error={failure} /> : null}
        <CleanUpCard />
        {shown.length === 0 ? (
          <EmptyState
            icon={IconListDetails}
            text="Backups, restores and checks of this session are listed here while they run and after they have ended."
            action={
              <Button variant="default" onClick={() => ui.getState().show('backup')}>
                Go to Backup
              </Button>
            }
          />
        ) : (
          shown.map((task) => <TaskCard key={task.id} task={task} />)
        )}
      </div>
    </div>
  );
}
