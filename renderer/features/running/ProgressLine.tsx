/** Bar and numbers of a running task. Every number has its own fixed place. */
import type { TaskSnapshot } from '#contract';
import { exactBytes, formatEta, formatPart, formatPercent, formatRate } from '../../i18n/quantities.ts';
import { SnapshotGauge } from './SnapshotGauge.tsx';

export function ProgressLine({ task }: { task: TaskSnapshot }) {
  const { progress } = task;
  const done = progress?.bytesDone ?? 0;
  const total = progress?.bytesTotal ?? 0;
  const percent = total > 0 ? Math.min(100, (done / total) * 100) : 0;
  const idle = task.state === 'queued' ? 'waiting for its turn' : 'starting…';
  return (
    <div className="sf-progress-block">
      <div
        className="sf-progress"
        role="progressbar"
        aria-label={`Progress of ${task.subject}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(percent)}
        aria-valuetext={progress ? `${formatPercent(done, total)}, ${formatEta(progress.etaSeconds)}` : idle}
      >
        <div className="sf-progress-fill" style={{ width: `${percent}%` }} />
      </div>
      <div className="sf-progress-numbers">
        <strong className="percent">{formatPercent(done, total)}</strong>
        <span className="bytes" title={`${exactBytes(done)} of ${exactBytes(total)}`}>
          {progress ? formatPart(done, total) : idle}
        </span>
        <span className="rate">
          {progress && task.kind !== 'restore' ? `read ${formatRate(progress.readRate)}` : null}
        </span>
        <span className="rate">
          {progress && task.kind !== 'check'
            ? `${task.kind === 'restore' ? 'write' : 'store'} ${formatRate(progress.storeRate)}`
            : null}
        </span>
        <span className="sf-gauge-place">
          {progress?.snapshot ? <SnapshotGauge subject={task.subject} fill={progress.snapshot} /> : null}
        </span>
        <span className="eta">
          {task.state === 'cancelling' ? 'cancelling…' : progress ? formatEta(progress.etaSeconds) : null}
        </span>
      </div>
    </div>
  );
}
