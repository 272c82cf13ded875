/** The image that is selected in Restore. */
import type { ImageSummary } from '#contract';
import { useValue } from '../../stores/use-stores.ts';

/** Null where none is. */
export function useSelectedImage(): ImageSummary | null {
  return useValue('images', (state) => state.list.value.find((each) => each.id === state.selectedId) ?? null);
}
