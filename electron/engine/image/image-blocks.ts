/** Block maps of stored images, and the difference of two. */
import type { BlockMap, ImageComparison, Manifest } from '#contract';
import { BLOCK, type BlockStates, encodeBlockMap } from '../base/block-map.ts';
import { EngineError } from '../base/errors.ts';
import { native } from '../native.ts';
import type { Id, Repository } from '../repository/types.ts';
import { usedExtents } from './base-image.ts';
import { type ContentIds, contentIds, sameId } from './content-ids.ts';
import { BLOCK_ZERO, buildContentMap, type ContentMap } from './content-map.ts';
import { gridBlockBytes, gridBlockCount, gridBytesFor } from './grid.ts';
import { lookAtImage } from './image-cache.ts';
import type { StoredImage } from './image-files.ts';
import { listImages } from './image-list.ts';
import { storedStates } from './stored-states.ts';

/**
 * The map of an image of ours as `storedStates` says. Images that restic made are cut elsewhere than on a grid and have
 * no map of what was in use: their blocks are `zero` where they certainly are, else `used`. Throws as opening the image
 * does.
 */
export async function imageBlocks(repository: Repository, id: Id): Promise<BlockMap> {
  const image = await lookAtImage(repository, id);
  const { manifest, sizeBytes } = image;
  if (manifest === undefined) return foreignBlocks(repository, image);
  const states = storedStates({
    ids: contentIds(image.content),
    zeroIds: zeroIdsOf(manifest.gridBytes, sizeBytes),
    manifest,
    sizeBytes,
    used: usedExtents(image),
    previous: await contentBefore(repository, id),
  });
  return encodeBlockMap({ sizeBytes, gridBytes: manifest.gridBytes }, states);
}

/**
 * Two images block by block, by the ids of their blocks. `COMMAND_INVALID` for images of different volumes, sizes or
 * grids, and for images that restic made.
 */
export async function compareImages(
  repository: Repository,
  request: { before: Id; after: Id },
): Promise<ImageComparison> {
  const before = await lookAtImage(repository, request.before);
  const after = await lookAtImage(repository, request.after);
  const { sizeBytes, gridBytes } = comparable(before, after);
  const zeroIds = zeroIdsOf(gridBytes, sizeBytes);
  const a = contentIds(before.content);
  const b = contentIds(after.content);
  const count = gridBlockCount(sizeBytes, gridBytes);
  const states = new Uint8Array(count);
  const bytes = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let block = 0; block < count; block++) {
    const lengthBytes = gridBlockBytes(block, sizeBytes, gridBytes);
    const state = difference(a, b, block, zeroIds, lengthBytes < gridBytes ? 1 : 0);
    states[block] = state;
    bytes[state] = (bytes[state] ?? 0) + lengthBytes;
  }
  return {
    ...request,
    map: await encodeBlockMap({ sizeBytes, gridBytes }, states),
    unchangedBytes: bytes[BLOCK.unchanged] ?? 0,
    changedBytes: bytes[BLOCK.changed] ?? 0,
    addedBytes: bytes[BLOCK.stored] ?? 0,
    removedBytes: bytes[BLOCK.zero] ?? 0,
    freeBytes: bytes[BLOCK.free] ?? 0,
  };
}

/** Unused blocks are zero blocks in an image, so that the ids say it all. */
function difference(a: ContentIds, b: ContentIds, block: number, zeroIds: ContentIds, zero: 0 | 1): number {
  if (sameId(a, block, b, block)) return sameId(a, block, zeroIds, zero) ? BLOCK.free : BLOCK.unchanged;
  if (sameId(a, block, zeroIds, zero)) return BLOCK.stored;
  return sameId(b, block, zeroIds, zero) ? BLOCK.zero : BLOCK.changed;
}

function comparable(before: StoredImage, after: StoredImage): { sizeBytes: number; gridBytes: number } {
  const [a, b] = [before.manifest, after.manifest];
  if (!a || !b) throw refused('Images that restic made are not cut into blocks that can be compared.');
  if (!isSameVolume(a, b)) throw refused(`The images are of different volumes: ${a.volume.name} and ${b.volume.name}.`);
  if (before.sizeBytes !== after.sizeBytes) throw refused('The volume had different sizes at the two images.');
  if (a.gridBytes !== b.gridBytes) throw refused('The images have different block sizes.');
  return { sizeBytes: after.sizeBytes, gridBytes: b.gridBytes };
}

/** A disk may be found under another name; its file system is the same then. */
function isSameVolume({ volume: a }: Manifest, { volume: b }: Manifest): boolean {
  return a.name === b.name || (a.fsUuid !== '' && a.fsUuid === b.fsUuid);
}

function refused(reason: string): EngineError {
  return new EngineError('COMMAND_INVALID', { reason });
}

/** Of a whole block, and of the short last one. */
function zeroIdsOf(gridBytes: number, sizeBytes: number): ContentIds {
  const zeros = new Uint8Array(gridBytes);
  const idOf = (lengthBytes: number): Buffer => Buffer.from(native().sha256(zeros.subarray(0, lengthBytes)), 'hex');
  return contentIds(Buffer.concat([idOf(gridBytes), idOf(sizeBytes % gridBytes)]));
}

/** Of the next older image of the same volume on the same node; `undefined` where there is none that can be read. */
async function contentBefore(repository: Repository, id: Id): Promise<ContentIds | undefined> {
  const images = await listImages(repository);
  const at = images.findIndex((image) => image.id === id);
  const own = images[at];
  const before = images.slice(at + 1).find(({ volume, hostname, origin }) => {
    return origin === 'stillframe' && volume === own?.volume && hostname === own.hostname;
  });
  if (own === undefined || before === undefined) return undefined;
  try {
    return contentIds((await lookAtImage(repository, before.id)).content);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'CANCELLED') throw error;
    return undefined;
  }
}

async function foreignBlocks(repository: Repository, image: StoredImage): Promise<BlockMap> {
  const map = buildContentMap(image, await repository.index());
  const { sizeBytes } = map;
  const gridBytes = gridBytesFor(sizeBytes);
  return encodeBlockMap({ sizeBytes, gridBytes }, foreignStates(map, gridBytes));
}

function foreignStates(map: ContentMap, gridBytes: number): BlockStates {
  const states = new Uint8Array(gridBlockCount(map.sizeBytes, gridBytes)).fill(BLOCK.zero);
  for (let chunk = 0; chunk < map.count; chunk++) {
    if (map.states[chunk] === BLOCK_ZERO) continue;
    const start = map.starts[chunk] ?? 0;
    const end = map.starts[chunk + 1] ?? 0;
    states.fill(BLOCK.used, Math.floor(start / gridBytes), Math.ceil(end / gridBytes));
  }
  return states;
}
