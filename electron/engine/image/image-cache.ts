/**
 * Images that were looked at a moment ago. Opening one means decrypting and parsing a list of up to two million ids,
 * some 0.6 s, and who looks at an image asks for its details, its map and its comparison one after another.
 */
import type { Id, Repository } from '../repository/types.ts';
import { loadStoredImage, type StoredImage } from './image-files.ts';

/** Two are compared; the ids of one take at most 64 MiB. */
const KEPT_IMAGES = 2;
const KEPT_MS = 60_000;

interface Kept {
  /** The one used last is the last. */
  images: Map<Id, Promise<StoredImage>>;
  timer?: NodeJS.Timeout;
}

const kept = new WeakMap<Repository, Kept>();

/** As `openStoredImage` (image-list.ts); what it returns is shared and must not be changed. */
export function lookAtImage(repository: Repository, id: Id): Promise<StoredImage> {
  const own: Kept = kept.get(repository) ?? { images: new Map() };
  kept.set(repository, own);
  const { images } = own;
  const image = images.get(id) ?? load(repository, id);
  images.delete(id);
  images.set(id, image);
  image.catch(() => images.delete(id));
  for (const oldest of images.keys()) {
    if (images.size <= KEPT_IMAGES) break;
    images.delete(oldest);
  }
  clearTimeout(own.timer);
  own.timer = setTimeout(() => images.clear(), KEPT_MS).unref();
  return image;
}

async function load(repository: Repository, id: Id): Promise<StoredImage> {
  return loadStoredImage(repository, id, await repository.loadSnapshot(id));
}
