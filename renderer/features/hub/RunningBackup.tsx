/** What takes the button's place while a volume is backed up. */
import type { TaskSnapshot } from '#contract';
import { formatPercent } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { isFinished } from '../../stores/tasks-store.ts';
import { useValue } from '../../stores/use-stores.ts';

const isBackupOf = (volume: string) => (task: TaskSnapshot) =>
  task.kind === 'backup' && task.subject === volume && !isFinished(task);

/** Whether a backup of the volume runs or waits. */
export function useIsBackedUpNow(volume: string): boolean {
  return useValue('tasks', (state) => state.tasks.some(isBackupOf(volume)));
}

export function RunningBackup({ volume }: { volume: string }) {
  const progress = useValue('tasks', (state) => state.tasks.find(isBackupOf(volume))?.progress);
  return (
    <span className="sf-dim sf-small sf-nowrap">
      {t('health:running')} · {formatPercent(progress?.bytesDone ?? 0, progress?.bytesTotal ?? 0)}
    </span>
  );
}
