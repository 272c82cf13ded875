/** The Restore view: volumes, their images, details of the selected one, and the way back to a volume. */
import { Button } from '@mantine/core';
import { IconArrowBarUp, IconFileInfo } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ImageSummary } from '#contract';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { groupByVolume } from '../../stores/images-store.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { SelectedDetails } from '../file-details/SelectedDetails.tsx';
import { TaskList } from '../running/TaskList.tsx';
import { ImageTable } from './ImageTable.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import { VolumeList } from './VolumeList.tsx';

function Toolbar({ image }: { image: ImageSummary | null }) {
  const { restore, ui } = useStores();
  return (
    <div className="sf-toolbar" role="toolbar" aria-label="Restore" data-pane>
      <h1>Restore</h1>
      <span className="sf-grow" />
      <Button
        variant="default"
        disabled={image === null}
        leftSection={<IconFileInfo size={15} aria-hidden />}
        onClick={() => ui.getState().openDialog('file-details')}
      >
        File Details
      </Button>
      <Button disabled={image === null} onClick={() => image && restore.getState().begin(image)}>
        Restore…
      </Button>
    </div>
  );
}

function Images() {
  const { images } = useStores();
  const list = useValue('images', (state) => state.list);
  const shownVolume = useValue('images', (state) => state.volume);
  const selectedId = useValue('images', (state) => state.selectedId);
  const now = useNow();
  const groups = useMemo(() => groupByVolume(list.value), [list.value]);
  const shown = groups.find((group) => group.volume === shownVolume) ?? groups[0];
  return (
    <>
      <VolumeList groups={groups} shown={shown?.volume ?? null} now={now} onShow={images.getState().selectVolume} />
      <ImageTable images={shown?.images ?? []} selectedId={selectedId} now={now} onSelect={images.getState().select} />
    </>
  );
}

export function RestoreView() {
  const { images, ui } = useStores();
  const list = useValue('images', (state) => state.list);
  const image = useValue('images', (state) => state.list.value.find((each) => each.id === state.selectedId) ?? null);
  const empty = list.value.length === 0;
  return (
    <div className="sf-view">
      <Toolbar image={image} />
      {list.error ? (
        <div className="sf-pad">
          <ErrorCard
            error={list.error}
            action={
              <Button variant="default" onClick={() => void images.getState().refresh()}>
                Try again
              </Button>
            }
          />
        </div>
      ) : null}
      <div className="sf-restore" data-empty={empty || undefined}>
        {isFirstLoad(list, empty) ? <SkeletonRows label="Loading images" /> : null}
        {empty && list.phase === 'ready' ? (
          <EmptyState
            icon={IconArrowBarUp}
            text="There are no images yet. Back up a volume, and its images appear here, newest first."
            action={<Button onClick={() => ui.getState().show('backup')}>Go to Backup</Button>}
          />
        ) : null}
        {empty ? null : <Images />}
        {empty ? null : (
          <aside className="sf-inspector" aria-label="File Details" data-pane>
            <h2>File Details</h2>
            <SelectedDetails />
          </aside>
        )}
      </div>
      <div className="sf-dock" data-pane>
        <TaskList kind="restore" />
      </div>
      <RestoreDialog />
    </div>
  );
}
