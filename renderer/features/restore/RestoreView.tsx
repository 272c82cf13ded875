/** The Restore view: volumes, their images, details of the selected one, and the way back to a volume. */
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowBarUp, IconFileInfo, IconSearchOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ImageSummary } from '#contract';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { groupByVolume, newestFirst, shownImages } from '../../stores/image-choice.ts';
import { isFirstLoad } from '../../stores/loadable.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { SelectedDetails } from '../file-details/SelectedDetails.tsx';
import { TaskList } from '../running/TaskList.tsx';
import { ImageMenu } from './ImageMenu.tsx';
import { ImagesPane } from './ImagesPane.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import { clearSearch, VolumeList } from './VolumeList.tsx';

function Toolbar({ image }: { image: ImageSummary | null }) {
  const { restore, ui } = useStores();
  return (
    <div className="sf-toolbar" role="toolbar" aria-label={t('restore:tools')} data-pane>
      <h1>{t('restore:title')}</h1>
      <span className="sf-grow" />
      <Button
        variant="default"
        disabled={image === null}
        leftSection={<IconFileInfo size={15} aria-hidden />}
        onClick={() => ui.getState().openDialog('file-details')}
      >
        {t('restore:details')}
      </Button>
      <ImageMenu image={image} />
      <Button
        disabled={image === null || image.deletedAt !== undefined}
        title={image?.deletedAt === undefined ? undefined : t('retention:deletedReason')}
        onClick={() => image && restore.getState().begin(image)}
      >
        {t('restore:begin')}
      </Button>
    </div>
  );
}

function NothingFound() {
  const { images } = useStores();
  const query = useValue('images', (state) => state.query);
  const inactiveShown = useValue('images', (state) => state.inactiveShown);
  return (
    <EmptyState
      icon={IconSearchOff}
      text={inactiveShown ? t('restore:volumes.none', { query }) : t('restore:volumes.noneActive')}
      action={
        <Button
          variant="default"
          onClick={() => {
            images.getState().setInactive(true);
            clearSearch(images);
          }}
        >
          {t('restore:volumes.clear')}
        </Button>
      }
    />
  );
}

function Images() {
  const { images } = useStores();
  const list = useValue('images', (state) => state.list.value);
  const inactiveShown = useValue('images', (state) => state.inactiveShown);
  const query = useValue('images', (state) => state.query);
  const shownVolume = useValue('images', (state) => state.volume);
  const now = useNow();
  const groups = useMemo(
    () => groupByVolume(shownImages(list, { inactiveShown, query })),
    [list, inactiveShown, query],
  );
  const shown = groups.find((group) => group.volume === shownVolume) ?? groups[0];
  const all = useMemo(
    () => list.filter((image) => image.volume === shown?.volume).sort(newestFirst),
    [list, shown?.volume],
  );
  return (
    <>
      <VolumeList groups={groups} shown={shown?.volume ?? null} now={now} onShow={images.getState().selectVolume} />
      {shown ? <ImagesPane key={shown.volume} images={shown.images} all={all} /> : <NothingFound />}
    </>
  );
}

export function RestoreView() {
  const { images, ui } = useStores();
  const list = useValue('images', (state) => state.list);
  const image = useValue('images', (state) => state.list.value.find((each) => each.id === state.selectedId) ?? null);
  // The style sheet has no room for it below.
  const wide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
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
                {t('tryAgain')}
              </Button>
            }
          />
        </div>
      ) : null}
      <div className="sf-restore" data-empty={empty || undefined}>
        {isFirstLoad(list, empty) ? <SkeletonRows label={t('restore:loading')} /> : null}
        {empty && list.phase === 'ready' ? (
          <EmptyState
            icon={IconArrowBarUp}
            text={t('restore:empty')}
            action={<Button onClick={() => ui.getState().show('backup')}>{t('restore:goToBackup')}</Button>}
          />
        ) : null}
        {empty ? null : <Images />}
        {empty || !wide ? null : (
          <aside className="sf-inspector" aria-label={t('restore:details')} data-pane>
            <h2>{t('restore:details')}</h2>
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
