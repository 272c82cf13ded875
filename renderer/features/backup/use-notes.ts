/** What is known of each volume besides its own facts: its newest image, whether it fits, what the rules say. */
import { useCallback, useMemo } from 'react';
import type { ImageSummary, Volume } from '#contract';
import { useValue } from '../../stores/use-stores.ts';
import { whyTooLarge } from './fit.ts';
import type { VolumeNotes } from './tree-props.ts';

/** Newest image by volume name. */
function newestImages(images: readonly ImageSummary[]): ReadonlyMap<string, ImageSummary> {
  const newest = new Map<string, ImageSummary>();
  for (const image of images) {
    const known = newest.get(image.volume);
    if (!known || Date.parse(image.time) > Date.parse(known.time)) newest.set(image.volume, image);
  }
  return newest;
}

export function useNotes() {
  const images = useValue('images', (state) => state.list.value);
  const freeBytes = useValue('repository', (state) => state.status.value?.freeBytes);
  const estimates = useValue('backup', (state) => state.estimates);
  const rules = useValue('readiness', (state) => state.rules);
  const newest = useMemo(() => newestImages(images), [images]);
  const imageOf = useCallback((volume: string) => newest.get(volume), [newest]);
  const notesOf = useCallback(
    (volume: Volume): VolumeNotes => {
      const image = newest.get(volume.name);
      const plan = estimates[volume.name]?.value ?? undefined;
      return {
        lastImage: image?.time,
        tooLarge: whyTooLarge({ volume, freeBytes, hasImage: image !== undefined, plan }),
        excluded: rules[volume.name]?.excluded ?? false,
      };
    },
    [newest, freeBytes, estimates, rules],
  );
  return { imageOf, notesOf };
}
