/** What must become of a damaged volume, whoever parses it. */
import { expect } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { readUsedMap } from '../filesystems/used-map.ts';
import { memorySource } from './memory-source.ts';

/** Expects it to be refused with `FILESYSTEM_DAMAGED`, structure and place; read whole where a person allows it. */
export async function expectDamaged(
  image: Buffer,
  structure: string,
  offsetBytes: number,
  reason: RegExp = /./,
): Promise<void> {
  const error: unknown = await readUsedMap(memorySource(image), { gapBytes: 1 }).catch((thrown: unknown) => thrown);
  if (!(error instanceof EngineError)) throw new Error(`expected an EngineError, got ${String(error)}`);
  expect(error.code).toBe('FILESYSTEM_DAMAGED');
  expect(error.details).toMatchObject({ structure, offsetBytes });
  expect(error.details.reason).toMatch(reason);
  const raw = await readUsedMap(memorySource(image), { gapBytes: 1, allowRaw: true });
  expect(raw.summary).toMatchObject({ mode: 'raw', usedBytes: image.length });
}
