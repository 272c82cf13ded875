/** What pins, deletions and deactivations make of the marks. Each looks at the newest state, so it can be tried again. */
import type { DeleteType } from '#contract';
import { EngineError } from '../base/errors.ts';
import { imagesAmong } from '../image/image-list.ts';
import type { Repository } from '../repository/types.ts';
import { type CatalogueImage, catalogueOf } from './catalogue.ts';
import { MarkKeys, type Marks, ownerOf } from './marks.ts';
import { assertNothingLost } from './policy-state.ts';
import { changePolicy, type StorePorts } from './policy-store.ts';
import { markable } from './stored-snapshots.ts';

interface Situation {
  images: readonly CatalogueImage[];
  marks: Marks;
  keys: MarkKeys;
  /** Now. */
  at: string;
}

/** A volume of one computer. */
interface Owner {
  volume: string;
  hostname: string;
}

/**
 * Saves what `change` makes of the newest marks; it is asked again where somebody else saved at the same moment.
 * `POLICY_INVALID` where a version of the policy was lost.
 */
async function changeMarks(
  repository: Repository,
  ports: StorePorts,
  change: (situation: Situation) => { marks: Marks; changes: string[] } | undefined,
): Promise<void> {
  await changePolicy(repository, ports, async (state, snapshots) => {
    // Saving marks would make the older policy the newest one, and images could expire by it.
    assertNothingLost(state);
    const listed = await imagesAmong(repository, snapshots);
    return change({
      images: catalogueOf(listed, state.marks, snapshots),
      marks: state.marks,
      keys: new MarkKeys(snapshots.map(markable)),
      at: new Date(ports.clock.now()).toISOString(),
    });
  });
}

/** `IMAGE_NOT_FOUND`; `IMAGE_FOREIGN` and `IMAGE_DELETED` where pinning means nothing. */
export function pinImage(
  repository: Repository,
  ports: StorePorts,
  { imageId, pinned, reason }: { imageId: string; pinned: boolean; reason: string },
): Promise<void> {
  return changeMarks(repository, ports, ({ images, marks, keys, at }) => {
    const image = imageOf(images, imageId);
    if (!pinned && image.pinned === undefined) return undefined;
    if (pinned) assertOwn(image);
    if (pinned && image.deletedAt !== undefined) throw new EngineError('IMAGE_DELETED', { image: imageId });
    if (pinned && image.pinned?.reason === reason) return undefined;
    const others = marks.pins.filter((pin) => !keys.means(pin.image, image));
    const pins = pinned ? [...others, { image: keys.keyOf(image), at, reason }] : others;
    const { id, volume } = image;
    const name = id.slice(0, 8);
    const done = pinned ? `Image ${name} of ${volume} was pinned.` : `Image ${name} of ${volume} is no longer pinned.`;
    return { marks: { ...marks, pins }, changes: [done] };
  });
}

/** `IMAGE_NOT_FOUND`, `IMAGE_PINNED`, `IMAGE_FOREIGN`: nothing is marked then. Those deleted already stay so. */
export function deleteImages(repository: Repository, ports: StorePorts, imageIds: readonly string[]): Promise<void> {
  return changeMarks(repository, ports, ({ images, marks, keys, at }) => {
    const wanted = uniqueImages(images, imageIds);
    for (const image of wanted) {
      assertOwn(image);
      if (image.pinned) throw pinnedError(image, image.pinned.reason);
    }
    const fresh = wanted.filter(({ deletedAt }) => deletedAt === undefined);
    if (fresh.length === 0) return undefined;
    const deletions = [...marks.deletions, ...fresh.map((image) => ({ image: keys.keyOf(image), at }))];
    const changes = fresh.map(({ id, volume }) => `Image ${id.slice(0, 8)} of ${volume} was deleted.`);
    return { marks: { ...marks, deletions }, changes };
  });
}

/** `IMAGE_NOT_FOUND`. Those that were not deleted stay as they are. */
export function undeleteImages(repository: Repository, ports: StorePorts, imageIds: readonly string[]): Promise<void> {
  return changeMarks(repository, ports, ({ images, marks, keys }) => {
    const deleted = uniqueImages(images, imageIds).filter(({ deletedAt }) => deletedAt !== undefined);
    if (deleted.length === 0) return undefined;
    const undone = new Set(
      deleted.flatMap((image) => [image.id, image.original ?? image.id].filter((key) => keys.means(key, image))),
    );
    const deletions = marks.deletions.filter(({ image }) => !undone.has(image));
    const changes = deleted.map(({ id, volume }) => `Image ${id.slice(0, 8)} of ${volume} is no longer deleted.`);
    return { marks: { ...marks, deletions }, changes };
  });
}

/** `IMAGE_NOT_FOUND` where the volume has no image that policy applies to. One that is deactivated already stays so. */
export function deactivateVolume(repository: Repository, ports: StorePorts, owner: Owner): Promise<void> {
  return changeMarks(repository, ports, ({ images, marks, at }) => {
    const own = images.filter((image) => ownerOf(image) === ownerOf(owner));
    const [newest] = own;
    if (newest === undefined || present(own).length === 0) throw noImages(owner);
    if (newest.deactivatedAt !== undefined) return undefined;
    const others = marks.deactivations.filter((one) => ownerOf(one) !== ownerOf(owner));
    const { volume, hostname } = owner;
    const deactivations = [...others, { hostname, volume, at, imageTime: newest.time }];
    return { marks: { ...marks, deactivations }, changes: [`The volume ${volume} of ${hostname} was deactivated.`] };
  });
}

/** Ids of the images that `delete backup` of a volume means: none that is deleted, and none of restic's. */
export function imagesToDelete(images: readonly CatalogueImage[], owner: Owner, type: DeleteType): string[] {
  const own = present(images.filter((image) => ownerOf(image) === ownerOf(owner)));
  const [newest] = own;
  if (newest === undefined) throw noImages(owner);
  const activeId = newest.deactivatedAt === undefined ? newest.id : undefined;
  return own.map(({ id }) => id).filter((id) => type === 'all' || (id === activeId) === (type === 'active'));
}

function present(images: readonly CatalogueImage[]): CatalogueImage[] {
  return images.filter(({ origin, deletedAt }) => origin === 'stillframe' && deletedAt === undefined);
}

function noImages({ volume, hostname }: Owner): EngineError {
  return new EngineError('IMAGE_NOT_FOUND', {
    image: volume,
    reason: `${hostname} has no image of ${volume} that policy applies to.`,
  });
}

function pinnedError({ id, volume }: CatalogueImage, reason: string): EngineError {
  const why = reason === '' ? 'It is pinned.' : `It is pinned (${reason}).`;
  return new EngineError('IMAGE_PINNED', { image: id, volume, reason: why });
}

function imageOf(images: readonly CatalogueImage[], id: string): CatalogueImage {
  const image = images.find((candidate) => candidate.id === id);
  if (image === undefined) throw new EngineError('IMAGE_NOT_FOUND', { image: id });
  return image;
}

function uniqueImages(images: readonly CatalogueImage[], ids: readonly string[]): CatalogueImage[] {
  const byId = new Map(images.map((image) => [image.id, image]));
  return [...new Set(ids)].map((id) => byId.get(id) ?? imageOf(images, id));
}

function assertOwn({ id, origin }: CatalogueImage): void {
  if (origin === 'restic') throw new EngineError('IMAGE_FOREIGN', { image: id });
}
