/** The line at the bottom: the repository at the left, running work at the right. */
import { IconDatabase, IconPlugConnectedX } from '@tabler/icons-react';
import { Ago } from '../components/Ago.tsx';
import { exactBytes, formatBytes, formatPercent, formatRate } from '../i18n/quantities.ts';
import { TASK_KIND_WORDS } from '../i18n/words.ts';
import { isFinished } from '../stores/tasks-store.ts';
import { useNow, useValue } from '../stores/use-stores.ts';

function RepositoryPart() {
  const status = useValue('repository', (state) => state.status.value);
  const now = useNow();
  if (!status) return <span className="sf-clip">Repository: not known yet</span>;
  if (status.state !== 'open') {
    const words = { absent: 'not created yet', closed: 'closed', unreachable: 'not reachable' } as const;
    return <span className="sf-clip">Repository {words[status.state]}</span>;
  }
  return (
    <>
      <span className="sf-clip" title={status.location}>
        {status.location.split('/').filter(Boolean).at(-1) ?? status.location}
      </span>
      {status.freeBytes === undefined ? null : (
        <span className="sf-nowrap" title={exactBytes(status.freeBytes)}>
          {formatBytes(status.freeBytes)} free
        </span>
      )}
      <span className="sf-nowrap">
        {status.lastImageAt ? (
          <>
            last image <Ago instant={status.lastImageAt} now={now} />
          </>
        ) : (
          'no image yet'
        )}
      </span>
    </>
  );
}

function RunningPart() {
  const running = useValue('tasks', (state) => state.tasks).filter((task) => !isFinished(task));
  const task = running.find((each) => each.state !== 'queued') ?? running[0];
  if (!task) return <span>Idle</span>;
  const { progress } = task;
  return (
    <>
      <span className="sf-clip">
        {TASK_KIND_WORDS[task.kind]} of {task.subject}
        {running.length > 1 ? ` and ${running.length - 1} more` : ''}
      </span>
      <span className="sf-status-number">
        {progress ? formatPercent(progress.bytesDone, progress.bytesTotal) : '0 %'}
      </span>
      <span className="sf-status-rate">
        {progress ? formatRate(Math.max(progress.readRate, progress.storeRate)) : ''}
      </span>
    </>
  );
}

export function StatusBar() {
  const online = useValue('connection', (state) => state.connection.phase === 'online');
  return (
    <section className="sf-status" aria-label="Status">
      <div className="sf-status-side">
        {online ? (
          <IconDatabase size={14} className="sf-status-icon" aria-hidden />
        ) : (
          <IconPlugConnectedX size={14} className="sf-status-icon sf-warn" aria-hidden />
        )}
        {online ? <RepositoryPart /> : <span>Engine not connected</span>}
      </div>
      <div className="sf-status-side">{online ? <RunningPart /> : null}</div>
    </section>
  );
}
