/** The images of a repository together with the policy and the marks that apply to them. */
import type { ImageSummary } from '#contract';
import { imagesAmong, type ListedImage } from '../image/image-list.ts';
import type { Id, Repository } from '../repository/types.ts';
import { AppliedMarks, type Marks, NO_MARKS, ownerOf } from './marks.ts';
import { type PolicyState, policyState } from './policy-state.ts';
import { allSnapshots, assertAllReadable, markable, type StoredSnapshot } from './stored-snapshots.ts';

/** One image with its marks. */
export interface CatalogueImage extends ImageSummary {
  /** Class that it was bound to when it was made; `mgmtClass` is the one that it is bound to now. */
  madeWith: string;
  /** Id of its snapshot before restic wrote that anew. */
  original?: string;
  /** An earlier image with a later date, see `ListedImage`. */
  datedBefore?: Id;
  /** When its volume was deactivated; absent: it is not, or was backed up again since. */
  deactivatedAt?: string;
}

export interface Catalogue {
  /** Newest first. */
  images: CatalogueImage[];
  state: PolicyState;
}

/**
 * For decisions: throws `REPOSITORY_DAMAGED` for a snapshot file that cannot be read, since it may hold the policy, and
 * what reading the policy throws. An image that cannot be read is reported to `onDamaged` and left out.
 */
export async function loadCatalogue(
  repository: Repository,
  onDamaged?: (id: Id, error: Error) => void,
): Promise<Catalogue> {
  const { snapshots, damaged } = await allSnapshots(repository);
  assertAllReadable(damaged);
  const state = await policyState(repository, snapshots);
  const listed = await imagesAmong(repository, snapshots, onDamaged);
  return { images: catalogueOf(listed, state.marks, snapshots), state };
}

/** `listed`: the images among the snapshots, newest first. */
export function catalogueOf(
  listed: readonly ListedImage[],
  marks: Marks,
  snapshots: readonly StoredSnapshot[],
): CatalogueImage[] {
  return marked(listed, new AppliedMarks(marks, snapshots.map(markable)));
}

/**
 * For people who look, or restore: what cannot be read is reported and left out, and without a readable policy the images
 * are shown without marks.
 */
export async function listMarkedImages(
  repository: Repository,
  onDamaged?: (id: Id, error: Error) => void,
): Promise<ImageSummary[]> {
  const snapshots = await repository.listSnapshots(onDamaged);
  const marks = await policyState(repository, snapshots).then(
    (state) => state.marks,
    (error: unknown) => {
      onDamaged?.('', error instanceof Error ? error : new Error(String(error)));
      return NO_MARKS;
    },
  );
  const listed = await imagesAmong(repository, snapshots, onDamaged);
  return catalogueOf(listed, marks, snapshots).map(
    ({ madeWith: _, original: __, deactivatedAt: ___, datedBefore: ____, ...summary }) => summary,
  );
}

/** `listed`: newest first. */
function marked(listed: readonly ListedImage[], marks: AppliedMarks): CatalogueImage[] {
  const owners = Map.groupBy(listed, ownerOf);
  const facts = new Map([...owners].map(([owner, images]) => [owner, factsOfVolume(images, marks)]));
  return listed.map((image) => {
    const pinned = marks.pinOf(image);
    const deletedAt = marks.deletedAt(image);
    const { activeId, boundTo, deactivatedAt } = facts.get(ownerOf(image)) ?? {};
    return {
      ...image,
      madeWith: image.mgmtClass,
      mgmtClass: image.origin === 'stillframe' ? (boundTo ?? image.mgmtClass) : image.mgmtClass,
      active: image.id === activeId,
      ...(pinned ? { pinned } : {}),
      ...(deletedAt === undefined ? {} : { deletedAt }),
      ...(deactivatedAt === undefined ? {} : { deactivatedAt }),
    };
  });
}

interface VolumeFacts {
  activeId?: Id | undefined;
  boundTo?: string | undefined;
  deactivatedAt?: string | undefined;
}

function factsOfVolume(images: readonly ListedImage[], marks: AppliedMarks): VolumeFacts {
  const [newest] = images;
  if (newest === undefined) return {};
  const deactivatedAt = marks.deactivatedAt(newest, newest.time);
  const present = images.filter((image) => marks.deletedAt(image) === undefined);
  return {
    deactivatedAt,
    activeId: deactivatedAt === undefined ? present[0]?.id : undefined,
    boundTo: present.find(({ origin }) => origin === 'stillframe')?.mgmtClass,
  };
}
