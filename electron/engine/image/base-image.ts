/** Loads the image that changes are counted from. */
import { EngineError } from '../base/errors.ts';
import { ExtentBuilder, type Extents, wholeVolume } from '../base/extents.ts';
import { native } from '../native.ts';
import type { Id, Repository } from '../repository/types.ts';
import type { BaseImage } from './block-selection.ts';
import type { StoredImage } from './image-files.ts';
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
    const base = { content, extents: usedExtents({ manifest, extents, sizeBytes }), unreadable: builder.build() };
    return { base, time: manifest.startedAt };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'CANCELLED') throw error;
    return { reason: 'the image before is no longer in the repository, or cannot be read' };
  }
}

/** What an image holds. Without a map everything was read, or, where the map was empty, nothing. */
export function usedExtents(image: Pick<StoredImage, 'manifest' | 'extents' | 'sizeBytes'>): Extents {
  const isWhole = image.manifest === undefined || image.manifest.extents.mode === 'raw';
  return image.extents ?? (isWhole ? wholeVolume(image.sizeBytes) : new Float64Array());
}
