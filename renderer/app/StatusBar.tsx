/** The line at the bottom: the repository at the left, running work at the right. */
import { IconDatabase, IconPlugConnectedX } from '@tabler/icons-react';
import { baseName } from '../features/backup/volume-tree.ts';
import { exactTime, relativeTime } from '../i18n/instants.ts';
import { exactBytes, formatBytes } from '../i18n/quantities.ts';
import { t } from '../i18n/t.ts';
import { useNow, useValue } from '../stores/use-stores.ts';
import { RunningStatus } from './RunningStatus.tsx';

function LastCheck() {
  const check = useValue('health', (state) => state.health.value?.repository.lastCheck);
  const known = useValue('health', (state) => state.health.value !== null);
  const now = useNow();
  if (!known) return null;
  if (!check) return <span className="sf-nowrap">{t('shell:status.neverChecked')}</span>;
  return (
    <span className="sf-nowrap" title={exactTime(check.time)}>
      {t('shell:status.checked', { ago: relativeTime(check.time, now) })}
    </span>
  );
}

function RepositoryStatus() {
  const status = useValue('repository', (state) => state.status.value);
  if (!status) return <span className="sf-clip">{t('shell:status.notKnown')}</span>;
  if (status.state !== 'open') return <span className="sf-clip">{t(`shell:status.${status.state}`)}</span>;
  return (
    <>
      <span className="sf-clip" title={status.location}>
        {baseName(status.location)}
      </span>
      {status.freeBytes === undefined ? null : (
        <span className="sf-nowrap" title={exactBytes(status.freeBytes)}>
          {t('shell:status.free', { bytes: formatBytes(status.freeBytes) })}
        </span>
      )}
      <LastCheck />
    </>
  );
}

export function StatusBar() {
  const phase = useValue('connection', (state) => state.connection.phase);
  const online = phase === 'online';
  return (
    <section className="sf-status" aria-label={t('shell:status.label')} data-pane>
      <div className="sf-status-side">
        {online || phase === 'connecting' ? (
          <IconDatabase size={14} className="sf-status-icon" aria-hidden />
        ) : (
          <IconPlugConnectedX size={14} className="sf-status-icon sf-warn" aria-hidden />
        )}
        {online ? (
          <RepositoryStatus />
        ) : (
          <span>{t(phase === 'connecting' ? 'shell:status.connecting' : 'shell:status.offline')}</span>
        )}
      </div>
      <div className="sf-status-side">{online ? <RunningStatus /> : null}</div>
    </section>
  );
}
