/** Starts a backup again after an error that another try can get around. */
import { Button } from '@mantine/core';
import { dispositionOf, type TaskSnapshot, type WireError } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';

/** True where the next try may work without anything being asked for differently. */
export function isWorthRetrying({ code }: Pick<WireError, 'code'>): boolean {
  return code === 'SNAPSHOT_LOST' || code === 'SNAPSHOT_NO_SPACE' || dispositionOf(code) === 'transient';
}

export function RetryButton({ task }: { task: TaskSnapshot }) {
  const { backup, tasks, ui } = useStores();

  async function retry(): Promise<void> {
    await backup.getState().retryTask(task);
    // Why it was refused is shown in the Backup view.
    if (backup.getState().refused[task.subject]) ui.getState().show('backup');
    tasks.getState().dismiss(task.id);
  }

  return (
    <Button
      variant="default"
      aria-label={t('running:wayOn.retryNamed', { subject: task.subject })}
      onClick={() => void retry()}
    >
      {t('running:wayOn.retry')}
    </Button>
  );
}
