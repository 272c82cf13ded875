/** The Backup view: volumes, type, estimate, the button, and what is running. */
import { Button } from '@mantine/core';
import { IconFilePlus, IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { countOf } from '../../i18n/quantities.ts';
import { DYNAMIC_WARNING } from '../../i18n/words.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { ImageWholeButton, isAboutTheMap } from '../running/ImageWholeButton.tsx';
import { TaskList } from '../running/TaskList.tsx';
import { AddImageFileDialog } from './AddImageFileDialog.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { TypeSelect } from './TypeSelect.tsx';
import { VolumeTree } from './VolumeTree.tsx';
import { groupVolumes, writableMounts } from './volume-tree.ts';

function Toolbar() {
  const { backup, volumes } = useStores();
  const state = useValue('backup', (each) => each);
  const none = state.selected.length === 0;
  return (
    <div className="sf-toolbar" role="toolbar" aria-label="Backup" data-pane>
      <h1>Backup</h1>
      <TypeSelect value={state.imageType} onChange={state.setImageType} />
      <Button variant="default" disabled={none} onClick={() => void backup.getState().estimate()}>
        Estimate
      </Button>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconRefresh size={15} aria-hidden />}
        onClick={() => void volumes.getState().refresh()}
      >
        Refresh
      </Button>
      <span className="sf-grow" />
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

/** What the chosen type does to the chosen volumes, said before anything starts. */
function TypeNotice() {
  const imageType = useValue('backup', (state) => state.imageType);
  const selected = useValue('backup', (state) => state.selected);
  const estimated = useValue('backup', (state) => Object.keys(state.estimates).length > 0);
  const volumes = useValue('volumes', (state) => state.list.value);
  if (imageType === 'dynamic') {
    return (
      <Notice tone="warn">
        <p>{DYNAMIC_WARNING}</p>
      </Notice>
    );
  }
  // The estimate says it for every volume.
  if (estimated) return null;
  const mounts = writableMounts(volumes.filter((volume) => selected.includes(volume.name)));
  if (mounts.length === 0) return null;
  return (
    <Notice tone="info">
      <p>
        Image Backup makes read-only while it runs: <span className="sf-mono">{mounts.join(', ')}</span>. Programs that
        write there keep it from starting.
      </p>
    </Notice>
  );
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
