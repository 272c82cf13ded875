/** The Backup view: volumes, type, estimate, the button, and what is running. */
import { Button } from '@mantine/core';
import { IconFilePlus, IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { countOf } from '../../i18n/quantities.ts';
import { dynamicWarning } from '../../i18n/words.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { ImageWholeButton, isAboutTheMap } from '../running/ImageWholeButton.tsx';
import { isWorthRetrying } from '../running/RetryButton.tsx';
import { TaskList } from '../running/TaskList.tsx';
import { AddImageFileDialog } from './AddImageFileDialog.tsx';
import { ModeSelect } from './ModeSelect.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { ReadinessPanel } from './ReadinessPanel.tsx';
import { TypeSelect } from './TypeSelect.tsx';
import { VolumeTree } from './VolumeTree.tsx';
import { groupVolumes, writableMounts } from './volume-tree.ts';

function Toolbar() {
  const { backup, refreshVolumes } = useStores();
  const state = useValue('backup', (each) => each);
  const none = state.selected.length === 0;
  return (
    <div className="sf-toolbar" role="toolbar" aria-label="Backup" data-pane>
      <h1>Backup</h1>
      <TypeSelect value={state.type} onChange={state.setType} />
      <ModeSelect />
      {/* What is at the right stays where it is when the mode comes and goes. */}
      <span className="sf-grow" />
      <Button variant="default" disabled={none} onClick={() => void backup.getState().estimate()}>
        Estimate
      </Button>
      <Button variant="subtle" color="gray" aria-label="Refresh" title="Refresh" onClick={() => void refreshVolumes()}>
        <IconRefresh size={15} aria-hidden />
        <span className="sf-wide">Refresh</span>
      </Button>
      <Button
        disabled={none}
        loading={state.starting}
        onClick={() => void backup.getState().start()}
        className="sf-main-button"
      >
        {none ? 'Select volumes to back up' : `Back up ${countOf(state.selected.length, 'volume')}`}
      </Button>
    </div>
  );
}

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
          Image Backup takes a snapshot and leaves in use:{' '}
          <span className="sf-mono">{writableMounts(bySnapshot).join(', ')}</span>.
        </p>
      ) : null}
      {readOnly.length > 0 ? (
        <p>
          Image Backup makes read-only while it runs: <span className="sf-mono">{readOnly.join(', ')}</span>. Programs
          that write there keep it from starting.
        </p>
      ) : null}
    </Notice>
  );
}

/** What the chosen type does to the chosen volumes, said before anything starts. */
function TypeNotice() {
  const type = useValue('backup', (state) => state.type);
  const estimated = useValue('backup', (state) => Object.keys(state.estimates).length > 0);
  if (type === 'dynamic') {
    return (
      <Notice tone="warn">
        <p>{dynamicWarning()}</p>
      </Notice>
    );
  }
  // The estimate says it for every volume.
  if (estimated) return null;
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
              aria-label={`Retry ${volume}`}
              onClick={() => void backup.getState().retryRefused(volume)}
            >
              Retry
            </Button>
          ) : null}
          <Button variant="default" onClick={() => backup.getState().dismissRefusal(volume)}>
            Dismiss
          </Button>
        </span>
      }
    />
  ));
}

function Volumes() {
  const { volumes, backup, ui } = useStores();
  const list = useValue('volumes', (state) => state.list);
  const selected = useValue('backup', (state) => state.selected);
  const images = useValue('images', (state) => state.list.value);
  const now = useNow();
  const groups = useMemo(() => groupVolumes(list.value), [list.value]);
  const lastImages = useMemo(() => {
    const newest = new Map<string, string>();
    for (const image of images) {
      const known = newest.get(image.volume);
      if (!known || Date.parse(image.time) > Date.parse(known)) newest.set(image.volume, image.time);
    }
    return newest;
  }, [images]);

  if (isFirstLoad(list, list.value.length === 0)) return <SkeletonRows label="Looking for volumes" />;
  return (
    <>
      {list.error ? (
        <div className="sf-pad">
          <ErrorCard
            error={list.error}
            action={
              <Button variant="default" onClick={() => void volumes.getState().refresh()}>
                Try again
              </Button>
            }
          />
        </div>
      ) : null}
      <VolumeTree
        groups={groups}
        selected={selected}
        lastImages={lastImages}
        now={now}
        onChoose={backup.getState().choose}
        onAddFile={() => ui.getState().openDialog('add-image-file')}
        onRemoveFile={(path) => {
          backup.getState().choose([path], false);
          void volumes.getState().removeFile(path);
        }}
      />
      {list.phase === 'ready' && list.value.length === 0 ? (
        <EmptyState
          icon={IconFilePlus}
          text="No devices were found on this computer. A file that holds a volume, such as a virtual disk, can be backed up as well."
          action={
            <Button variant="default" onClick={() => ui.getState().openDialog('add-image-file')}>
              Add image file…
            </Button>
          }
        />
      ) : null}
    </>
  );
}

export function BackupView() {
  const { backup } = useStores();
  const estimates = useValue('backup', (state) => state.estimates);
  return (
    <div className="sf-view">
      <Toolbar />
      <div className="sf-view-content" data-pane>
        <Volumes />
      </div>
      {/* Below the tree, so that choosing a volume never moves the rows under the pointer. */}
      <div className="sf-dock" data-pane>
        <TypeNotice />
        <Refusals />
        {Object.keys(estimates).length > 0 ? (
          <PlanPanel estimates={estimates} onClose={() => backup.getState().clearEstimates()} />
        ) : null}
        <TaskList kind="backup" />
      </div>
      <AddImageFileDialog />
    </div>
  );
}
