/** How far several tasks that were asked for together are as a whole; nothing where only one runs. */
import { useMemo } from 'react';
import { formatPercent } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { presentRun, runProgress } from '../../stores/task-runs.ts';
import { useValue } from '../../stores/use-stores.ts';
import { ProgressBar } from './ProgressBar.tsx';

export function RunOverview() {
  const tasks = useValue('tasks', (state) => state.tasks);
  const run = useMemo(() => presentRun(tasks), [tasks]);
  if (run.length < 2) return null;
  const { part, count, finished, failed } = runProgress(run);
  const percent = formatPercent(part, 1);
  const done = t('running:run.done', { finished, count });
  return (
    <div className="sf-run" data-testid="run">
      <span className="sf-run-words">
        <strong>{done}</strong>
        {failed > 0 ? <span className="sf-bad">{t('running:run.failed', { count: failed })}</span> : null}
      </span>
      <ProgressBar part={part} name={t('running:run.name')} value={`${percent}, ${done}`} />
      <strong className="sf-run-percent">{percent}</strong>
    </div>
  );
}
