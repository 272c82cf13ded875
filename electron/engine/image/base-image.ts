/** Loads the image that changes are counted from. */
import { EngineError } from '../base/errors.ts';
import { ExtentBuilder, type Extents, wholeVolume } from '../base/extents.ts';
import { native } from '../native.ts';
import type { Id, Repository } from '../repository/types.ts';
import type { BaseImage } from './block-selection.ts';
import { openStoredImage } from './image-list.ts';

/** The image, or why it cannot be a base (one English clause). */
export type LoadedBase = { base: BaseImage; time: string } | { reason: string };

/** Never throws for an image that is gone or does not fit: then everything is read. */
export async function loadBaseImage(
  repository: Repository,
  id: Id,
  expected: { sizeBytes: number; gridBytes: number },
): Promise<LoadedBase> {
  try {
    const { manifest, content, extents, sizeBytes } = await openStoredImage(repository, id);
    if (!manifest) return { reason: 'the image before was not made by Stillframe' };
    if (sizeBytes !== expected.sizeBytes) return { reason: 'the volume had another size at the image before' };
    if (manifest.gridBytes !== expected.gridBytes) return { reason: 'the image before has another block size' };
    if (native().merkleRoot(content) !== manifest.merkleRoot) return { reason: 'the image before is damaged' };
    const builder = new ExtentBuilder();
    for (const { offsetBytes, lengthBytes } of manifest.unreadable) builder.add(offsetBytes, lengthBytes);
    const base = { content, extents: extents ?? usedOf(manifest.extents.mode, sizeBytes), unreadable: builder.build() };
    return { base, time: manifest.startedAt };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'CANCELLED') throw error;
    return { reason: 'the image before is no longer in the repository, or cannot be read' };
  }
}

/** Without a map everything was read, or, where the map was empty, nothing. */
function usedOf(mode: 'used' | 'raw', sizeBytes: number): Extents {
  return mode === 'raw' ? wholeVolume(sizeBytes) : new Float64Array();
}
