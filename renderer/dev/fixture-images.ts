/** Images for states that the canned few do not show: one alone, and so many that only those in sight can be drawn. */
import type { ImageSummary } from '#contract';
import { IMAGES } from './fixture-data.ts';

const GIB = 1024 ** 3;
const HOUR = 3_600_000;

function idOf(number: number): string {
  return ((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0').repeat(8);
}

/** Ten thousand, most of them of one volume, one every three hours for years. */
function manyImages(): ImageSummary[] {
  const [pattern] = IMAGES;
  if (!pattern) return [];
  const now = Date.now();
  return Array.from({ length: 10_000 }, (_, index): ImageSummary => {
    const other = index % 10 === 9;
    const volume = other ? `/dev/mapper/vg1-machine--${(index % 60) + 1}` : pattern.volume;
    return {
      ...pattern,
      id: idOf(index + 1),
      volume,
      fsLabel: other ? `machine ${(index % 60) + 1}` : pattern.fsLabel,
      time: new Date(now - 2 * HOUR - index * 3 * HOUR).toISOString(),
      active: index === 0,
      newSize: Math.round(((index * 7919) % 9000) * 1024 ** 2),
      storedSize: Math.round(90 * GIB + ((index * 104_729) % 4000) * 1024 ** 2),
      consistency: index % 31 === 5 ? 'fuzzy' : index % 17 === 3 ? 'crash' : 'filesystem',
      imageType: index % 31 === 5 ? 'dynamic' : 'snapshot',
      unreadableBytes: index % 97 === 40 ? 8192 : 0,
    };
  });
}

/** Of a volume whose name and label are longer than any place for them. */
function longNamedImages(): ImageSummary[] {
  const [pattern] = IMAGES;
  if (!pattern) return [];
  const volume = '/dev/mapper/vg0-projects--of--the--last--ten--years--and--their--build--outputs';
  const fsLabel = 'archive-2024-photos-and-everything-else-from-the-old-computer';
  const time = new Date(Date.now() - 700 * HOUR).toISOString();
  return [{ ...pattern, id: idOf(77), volume, fsLabel, time, storedSize: 96 * GIB }];
}

/** `few`: some of every kind. */
export type FixtureImages = 'none' | 'one' | 'few' | 'many';

export function fixtureImages(kind: FixtureImages): ImageSummary[] {
  if (kind === 'none') return [];
  if (kind === 'many') return manyImages();
  return kind === 'one' ? IMAGES.slice(0, 1) : [...IMAGES, ...longNamedImages()];
}
