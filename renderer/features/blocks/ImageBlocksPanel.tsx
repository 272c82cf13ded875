/** The block map of a stored image. */
import { useEffect } from 'react';
import type { BlockState } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { BlocksPlace } from './BlocksPlace.tsx';

/** Nothing is still to be read in an image. */
const SHOWN: readonly BlockState[] = ['stored', 'deduplicated', 'used', 'unchanged', 'zero', 'free', 'unreadable'];

export function ImageBlocksPanel({ imageId }: { imageId: string }) {
  const { blocks } = useStores();
  const map = useValue('blocks', (state) => state.images[imageId]);
  const time = useValue('images', (state) => state.list.value.find(({ id }) => id === imageId)?.time);
  useEffect(() => blocks.getState().showImage(imageId), [blocks, imageId]);
  return (
    <BlocksPlace
      map={map}
      label={t('blocks:image.label', { date: time === undefined ? '' : exactTime(time) })}
      loading={t('blocks:image.loading')}
      help="imageHelp"
      shown={SHOWN}
      still
    />
  );
}
