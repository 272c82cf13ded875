/** What is expected of the map of a btrfs image that was changed in memory. */
import { expect } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { btrfs } from '../filesystems/btrfs/family.ts';
import type { ByteSource } from '../filesystems/types.ts';
import { readUsedMap } from '../filesystems/used-map.ts';
import { memorySource } from './memory-source.ts';

/** The error of reading the map; rejects where there is none. */
export async function mapError(source: ByteSource, estimate = false): Promise<EngineError> {
  const error: unknown = await readUsedMap(source, { gapBytes: 1, estimate }).catch((thrown: unknown) => thrown);
  if (error instanceof EngineError) return error;
  throw new Error(`expected an EngineError, got ${String(error)}`);
}

/** Fails unless the damage is reported with its place, and the volume read whole where the person allows it. */
export async function expectDamage(
  image: Buffer,
  details: { structure: string; offsetBytes: number; reason: RegExp },
): Promise<void> {
  const error = await mapError(memorySource(image));
  expect(error.code).toBe('FILESYSTEM_DAMAGED');
  const { structure, offsetBytes, reason } = details;
  expect(error.details).toMatchObject({ structure, offsetBytes, reason: expect.stringMatching(reason) });
  const raw = await readUsedMap(memorySource(image), { gapBytes: 1, allowRaw: true });
  expect(raw.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
  expect(raw.summary.warnings.join()).toMatch(/damaged, so the whole volume is read/);
}

/** Fails unless the volume is read whole with a fitting sentence; a plan makes no difference. */
export async function expectWhole(image: Buffer, warning: RegExp): Promise<void> {
  for (const estimate of [false, true]) {
    const map = await readUsedMap(memorySource(image), { gapBytes: 1, estimate });
    expect(map.summary.mode).toBe('raw');
    expect([...map.extents]).toEqual([0, image.length]);
    expect(map.summary.warnings.join('\n')).toMatch(warning);
    expect(map.facts.type).toBe('btrfs');
  }
}

/** The extents of a sound image, offsets and lengths in turn. */
export async function extentsOf(source: ByteSource): Promise<number[]> {
  const probe = await btrfs.probe(source);
  return [...((await probe?.usedExtents()) ?? [])];
}
