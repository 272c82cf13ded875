/** What lies on the demonstration's volume: text, pictures that do not compress, the same picture twice. */
import { createCipheriv } from 'node:crypto';
import type { Change } from './stage.ts';

const MIB = 1024 * 1024;
const PHOTOS = 45;
const LETTERS = 400;

/** The first state: about 150 MiB. */
export function holidayFiles(): Change[] {
  const photos = Array.from({ length: PHOTOS }, (_, index) => photo(`photos/beach-${index}.jpg`, index));
  const letters = Array.from({ length: LETTERS }, (_, index) => letter(`letters/day-${index}.txt`, index, 200 + index));
  const copies = photos.slice(0, 5).map((one) => ({ ...one, path: one.path.replace('photos/', 'photos-to-print/') }));
  return [...photos, ...letters, ...copies];
}

/** What happens before the second backup: a few edits, a new picture, one deleted. */
export function laterChanges(): Change[] {
  return [
    letter('letters/day-7.txt', 1007, 300),
    letter('letters/day-250.txt', 1250, 500),
    photo('photos/sunset.jpg', 999),
    { path: 'photos/beach-3.jpg', content: undefined },
  ];
}

/** Incompressible, and the same at every run. */
function photo(path: string, seed: number): Change {
  return { path, content: keystream(seed, 3 * MIB) };
}

function letter(path: string, seed: number, lines: number): Change {
  const weather = ['sunny', 'windy', 'cloudy', 'stormy', 'calm', 'misty'];
  const text = Array.from({ length: lines }, (_, line) => {
    const choice = (seed * 31 + line * 17) % weather.length;
    return `${line}: day ${seed} was ${weather[choice]}, and we walked ${(seed * line) % 23} kilometres along the shore.`;
  });
  return { path, content: Buffer.from(text.join('\n')) };
}

function keystream(seed: number, bytes: number): Buffer {
  const key = Buffer.alloc(32, 'stillframe demonstration');
  const start = Buffer.alloc(16);
  start.writeUInt32BE(seed, 0);
  return createCipheriv('aes-256-ctr', key, start).update(Buffer.alloc(bytes));
}
