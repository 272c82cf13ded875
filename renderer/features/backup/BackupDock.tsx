/** Below the tree, so that choosing a volume never moves the rows under the pointer: notices, estimate, what runs. */
import { Button } from '@mantine/core';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { t } from '../../i18n/t.ts';
import { dynamicWarning } from '../../i18n/words.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ImageWholeButton, isAboutTheMap } from '../running/ImageWholeButton.tsx';
import { isWorthRetrying } from '../running/RetryButton.tsx';
import { TaskList } from '../running/TaskList.tsx';
import { ESTIMATE_BUTTON } from './BackupToolbar.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { ReadinessPanel } from './ReadinessPanel.tsx';
import { writableMounts } from './volume-tree.ts';

/** What Image Backup does to the chosen volumes: who gets a snapshot, and what is read-only meanwhile. */
function ImageBackupNotice() {
  const selected = useValue('backup', (state) => state.selected);
  const volumes = useValue('volumes', (state) => state.list.value);
  const known = useValue('readiness', (state) => state.byVolume);
  const chosen = volumes.filter((volume) => selected.includes(volume.name));
  const inUse = chosen.filter((volume) => volume.mounts.some((mount) => !mount.readOnly));
  // Said once all of it is known, so that the sentence does not change while it is read.
  if (inUse.some(({ name }) => !known[name]?.value && !known[name]?.error)) return null;
  const bySnapshot = inUse.filter(({ name }) => known[name]?.value?.defaultImageType === 'snapshot');
  const readOnly = writableMounts(inUse.filter((volume) => !bySnapshot.includes(volume)));
  if (inUse.length === 0) return null;
  return (
    <Notice tone="info">
      {bySnapshot.length > 0 ? (
        <p>
          {t('backup:image.snapshot')} <span className="sf-mono">{writableMounts(bySnapshot).join(', ')}</span>.
        </p>
      ) : null}
      {readOnly.length > 0 ? (
        <p>
          {t('backup:image.readOnly')} <span className="sf-mono">{readOnly.join(', ')}</span>.{' '}
          {t('backup:image.readOnlyMore')}
        </p>
      ) : null}
    </Notice>
  );
}

/** What the chosen type does to the chosen volumes, said before anything starts. */
function TypeNotice() {
  const type = useValue('backup', (state) => state.type);
  const estimating = useValue('backup', (state) => state.estimating);
  if (type === 'dynamic') {
    return (
      <Notice tone="warn">
        <p>{dynamicWarning()}</p>
      </Notice>
    );
  }
  // The estimate says it for every volume.
  if (estimating) return null;
  return type === 'snapshot' ? <ReadinessPanel /> : <ImageBackupNotice />;
}

function Refusals() {
  const { backup } = useStores();
  const refused = useValue('backup', (state) => state.refused);
  return Object.entries(refused).map(([volume, error]) => (
    <ErrorCard
      key={volume}
      error={error}
      subject={volume}
      action={
        <span className="sf-button-row">
          {isAboutTheMap(error) ? <ImageWholeButton volume={volume} /> : null}
          {isWorthRetrying(error) ? (
            <Button
              variant="default"
              aria-label={t('backup:refused.retryVolume', { volume })}
              onClick={() => void backup.getState().retryRefused(volume)}
            >
              {t('backup:refused.retry')}
            </Button>
          ) : null}
          <Button variant="default" onClick={() => backup.getState().dismissRefusal(volume)}>
            {t('backup:refused.dismiss')}
          </Button>
        </span>
      }
    />
  ));
}

/** What became of “Backup Domain”. */
function DomainNotice() {
  const { backup, ui } = useStores();
  const { value, error } = useValue('backup', (state) => state.domain);
  const dismiss = (
    <Button variant="default" onClick={() => backup.getState().closeDomain()}>
      {t('backup:refused.dismiss')}
    </Button>
  );
  if (error) return <ErrorCard error={error} action={dismiss} />;
  if (!value) return null;
  const { volumes, missing } = value;
  if (volumes.length === 0 && missing.length === 0) {
    return (
      <Notice
        tone="info"
        action={
          <span className="sf-button-row">
            <Button variant="default" onClick={() => ui.getState().show('preferences')}>
              {t('backup:domain.preferences')}
            </Button>
            {dismiss}
          </span>
        }
      >
        <p>{t('backup:domain.empty')}</p>
      </Notice>
    );
  }
  return (
    <Notice tone={missing.length > 0 ? 'warn' : 'ok'} action={dismiss}>
      <p>{volumes.length === 0 ? t('backup:domain.none') : t('backup:domain.started', { count: volumes.length })}</p>
      {missing.length > 0 ? <p>{t('backup:domain.missing', { names: missing.join(', ') })}</p> : null}
    </Notice>
  );
}

export function BackupDock() {
  const { backup } = useStores();
  const { estimating, estimates } = useValue('backup', (state) => state);
  function close(): void {
    backup.getState().clearEstimates();
    document.getElementById(ESTIMATE_BUTTON)?.focus();
  }
  return (
    <div className="sf-dock" data-pane>
      <TypeNotice />
      <DomainNotice />
      <Refusals />
      {estimating ? <PlanPanel estimates={estimates} onClose={close} /> : null}
      <TaskList kind="backup" />
    </div>
  );
}
