/** What a used map of a volume in memory must come to. */
import { expect } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { readUsedMap, type UsedMap } from '../filesystems/used-map.ts';
import { memorySource } from './memory-source.ts';

/** The map of a volume, with runs as they are. Rejects as `readUsedMap` does. */
export async function usedMapOf(image: Buffer): Promise<UsedMap> {
  return await readUsedMap(memorySource(image), { gapBytes: 1 });
}

/** Fails unless the volume is read whole with a warning like this; with `planToo` a plan of a mounted volume as well. */
export async function expectReadWhole(image: Buffer, warning: RegExp, planToo = true): Promise<void> {
  for (const estimate of planToo ? [false, true] : [false]) {
    const map = await readUsedMap(memorySource(image), { gapBytes: 1, estimate });
    expect(map.summary.warnings.join('\n')).toMatch(warning);
    expect(map.summary.mode).toBe('raw');
    expect([...map.extents]).toEqual([0, image.length]);
  }
}

/** Fails unless the volume is refused for this damage at this byte, and read whole where the person allows that. */
export async function expectDamaged(
  image: Buffer,
  structure: string,
  offsetBytes: number,
  reason = /./,
): Promise<void> {
  const error: unknown = await usedMapOf(image).catch((thrown: unknown) => thrown);
  if (!(error instanceof EngineError)) throw new Error(`expected an EngineError, got ${JSON.stringify(error)}`);
  expect(error.code).toBe('FILESYSTEM_DAMAGED');
  expect(error.details).toMatchObject({ structure, offsetBytes });
  expect(error.details.reason).toMatch(reason);
  const raw = await readUsedMap(memorySource(image), { gapBytes: 1, allowRaw: true });
  expect(raw.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
  expect(raw.summary.warnings.join()).toMatch(/damaged, so the whole volume is read/);
}
