/** The images of the volume that is shown, as a list or by day, and what decides which of them are. */
import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { ImageSummary } from '#contract';
import { t } from '../../i18n/t.ts';
import { sortImages } from '../../stores/image-choice.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { ImageCalendar } from './ImageCalendar.tsx';
import { ImageList } from './ImageList.tsx';
import { ImagesStatus } from './ImagesStatus.tsx';
import { MarkFailure } from './MarkFailure.tsx';
import { PointInTimePicker } from './PointInTimePicker.tsx';

interface ImagesPaneProps {
  /** Those that are shown, newest first. */
  images: readonly ImageSummary[];
  /** Every one of the volume, newest first. */
  all: readonly ImageSummary[];
}

function Filters() {
  const { images } = useStores();
  const display = useValue('images', (state) => state.display);
  const inactiveShown = useValue('images', (state) => state.inactiveShown);
  return (
    <div className="sf-images-filters" data-pane>
      <SegmentedControl
        size="xs"
        className="sf-segments"
        aria-label={t('restore:display.label')}
        value={display}
        onChange={(value) => images.getState().setDisplay(value === 'calendar' ? 'calendar' : 'list')}
        data={[
          { value: 'list', label: t('restore:display.list') },
          { value: 'calendar', label: t('restore:display.calendar') },
        ]}
      />
      <SegmentedControl
        size="xs"
        className="sf-segments"
        aria-label={t('restore:display.activity')}
        value={inactiveShown ? 'all' : 'active'}
        onChange={(value) => images.getState().setInactive(value === 'all')}
        data={[
          { value: 'active', label: t('restore:display.activeOnly') },
          { value: 'all', label: t('restore:display.all') },
        ]}
      />
      <PointInTimePicker />
    </div>
  );
}

export function ImagesPane({ images, all }: ImagesPaneProps) {
  const stores = useStores();
  const display = useValue('images', (state) => state.display);
  const order = useValue('images', (state) => state.order);
  const selectedId = useValue('images', (state) => state.selectedId);
  const now = useNow();
  const { select, sortBy } = stores.images.getState();
  const decisions = useValue('retention', (state) => state.decisions.value);
  const open = useCallback(
    (image: ImageSummary) => {
      if (image.deletedAt === undefined) stores.restore.getState().begin(image);
    },
    [stores],
  );
  const undelete = useCallback((id: string) => void stores.retention.getState().undeleteImages([id]), [stores]);
  const sorted = useMemo(() => sortImages(images, order), [images, order]);

  const list = (some: readonly ImageSummary[], label: string) => (
    <ImageList
      label={label}
      images={some}
      order={order}
      selectedId={selectedId}
      decisions={decisions}
      now={now}
      onSort={sortBy}
      onSelect={select}
      onOpen={open}
      onUndelete={undelete}
    />
  );
  return (
    <section className="sf-images-pane" aria-label={t('restore:columns.label')}>
      <Filters />
      <ImagesStatus images={images} all={all} />
      <MarkFailure />
      {display === 'list' ? (
        list(sorted, t('restore:columns.label'))
      ) : (
        <ImageCalendar
          images={images}
          selected={images.find((image) => image.id === selectedId)}
          now={now}
          onSelect={select}
          list={(some, label) => list(sortImages(some, order), label)}
        />
      )}
    </section>
  );
}
