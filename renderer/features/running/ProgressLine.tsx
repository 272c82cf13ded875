/** Bar and numbers of a running task. Every number has its own fixed place. */
import type { TaskSnapshot } from '#contract';
import { exactBytes, formatEta, formatPart, formatPercent } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { ProgressBar } from './ProgressBar.tsx';
import { SnapshotGauge } from './SnapshotGauge.tsx';

/** The time left in words, also where there is none to tell yet. */
export function timeLeft({ state, progress }: TaskSnapshot): string {
  if (state === 'cancelling') return t('running:state.cancelling');
  if (state === 'queued') return t('running:state.waiting');
  return progress ? formatEta(progress.etaSeconds) : t('running:state.starting');
}

export function ProgressLine({ task, gauge = true }: { task: TaskSnapshot; gauge?: boolean }) {
  const { progress } = task;
  const done = progress?.bytesDone ?? 0;
  const total = progress?.bytesTotal ?? 0;
  const percent = formatPercent(done, total);
  const eta = timeLeft(task);
  return (
    <div className="sf-progress-block">
      <ProgressBar
        part={total > 0 ? done / total : 0}
        name={t('running:progress.name', { subject: task.subject })}
        value={progress ? t('running:progress.value', { percent, eta }) : eta}
      />
      <div className="sf-progress-numbers">
        <strong>{percent}</strong>
        <span
          className="sf-clip"
          title={t('running:progress.exact', { done: exactBytes(done), total: exactBytes(total) })}
        >
          {progress && total > 0 ? formatPart(done, total) : null}
        </span>
        <span className="sf-gauge-place">
          {gauge && progress?.snapshot ? <SnapshotGauge subject={task.subject} fill={progress.snapshot} /> : null}
        </span>
        <span className="eta">{eta}</span>
      </div>
    </div>
  );
}
