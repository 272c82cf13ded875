/** What is said about a cell of a block map: where it lies on the volume, and what is there. */
import { BLOCK_STATES, type BlockState } from '#contract';
import { currentLanguage } from '../../i18n/language.ts';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { bytesInState, countStates } from './map-cells.ts';
import { firstBlockOf, type MapLayout } from './map-layout.ts';

/** Which words the states go by: those of a run or an image, or those of a comparison. */
export type StateWords = 'state' | 'difference';

/** What is mapped; lengths in bytes. */
export interface MappedVolume {
  states: Uint8Array;
  sizeBytes: number;
  gridBytes: number;
}

export function stateWord(words: StateWords, state: BlockState): string {
  return t(`blocks:${words}.${state}`);
}

/** State number of the last block, which may be short. */
export function lastStateOf(states: Uint8Array): number | undefined {
  return states.length === 0 ? undefined : (states[states.length - 1] ?? 0) & 7;
}

/** `12.503 – 12.506 GiB`: as many digits as it takes to tell one step from the next. */
export function offsetRange(startBytes: number, endBytes: number, sizeBytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, sizeBytes)) / 10)));
  const unit = 1024 ** power;
  const digits = Math.min(6, Math.max(0, Math.ceil(Math.log10(unit / Math.max(1, endBytes - startBytes)))));
  const format = new Intl.NumberFormat(currentLanguage(), {
    minimumFractionDigits: digits,
    // The end of a volume need not be at a whole step.
    maximumFractionDigits: Math.max(1, digits),
  });
  const to = `${format.format(endBytes / unit)} ${units[power]}`;
  return t('blocks:range', { from: format.format(startBytes / unit), to });
}

/** The bytes of a cell: from the first to behind the last. */
export function bytesOfCell(
  layout: MapLayout,
  cell: number,
  { sizeBytes, gridBytes }: MappedVolume,
): { startBytes: number; endBytes: number } {
  return {
    startBytes: firstBlockOf(layout, cell) * gridBytes,
    endBytes: Math.min(sizeBytes, firstBlockOf(layout, cell + 1) * gridBytes),
  };
}

/** `12.503 – 12.506 GiB: stored 2 MiB, free 1 MiB`; one state needs no size. */
export function cellWords(layout: MapLayout, cell: number, volume: MappedVolume, words: StateWords): string {
  const first = firstBlockOf(layout, cell);
  const end = firstBlockOf(layout, cell + 1);
  const counts = countStates(volume.states, first, end);
  const { startBytes, endBytes } = bytesOfCell(layout, cell, volume);
  const lastState = end === volume.states.length ? lastStateOf(volume.states) : undefined;
  const part = { sizeBytes: endBytes - startBytes, gridBytes: volume.gridBytes, blockCount: end - first, lastState };
  const present = BLOCK_STATES.map((state, number) => ({ state, number })).filter(({ number }) => counts[number] !== 0);
  const states = present.map(({ state, number }) => {
    const word = stateWord(words, state);
    if (present.length === 1) return word;
    return t('blocks:share', { state: word, size: formatBytes(bytesInState(counts, number, part)) });
  });
  const range = offsetRange(startBytes, endBytes, volume.sizeBytes);
  return t('blocks:rangeAndStates', { range, states: states.join(', ') });
}
