/** Images in a repository: listing, finding, File Details. */
import { type ImageDetails, type ImageSummary, imageSummarySchema, type Manifest } from '#contract';
import { EngineError } from '../base/errors.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { ID_BYTES } from '../native.ts';
import type { Id, Repository, Snapshot } from '../repository/types.ts';
import { sfdiskScript } from '../volumes/index.ts';
import { lookAtImage } from './image-cache.ts';
import { loadStoredImage, PRODUCT_TAG, type StoredImage } from './image-files.ts';
import { isPolicySnapshot } from './policy-snapshot.ts';
import { storedSizeOf } from './stored-size.ts';

/** The summary that a snapshot file carries, so that a list needs no trees. */
export type CarriedSummary = Omit<ImageSummary, 'id' | 'active' | 'pinned' | 'deletedAt'>;

const carriedSchema = imageSummarySchema.omit({ id: true, active: true, pinned: true, deletedAt: true });

/** An image and the snapshot that holds it, without what policy and marks make of it. */
export interface ListedImage extends CarriedSummary {
  id: Id;
  /** Id of its snapshot before restic wrote that anew. */
  original?: string;
  /** Id of an earlier image of its volume that has a later date: a clock was wrong. */
  datedBefore?: Id;
}

/** The images among some snapshots, in their order. Those that cannot be read are reported to `onDamaged`. */
export async function imagesAmong(
  repository: Repository,
  snapshots: readonly { id: Id; snapshot: Snapshot }[],
  onDamaged?: (id: Id, error: Error) => void,
): Promise<ListedImage[]> {
  const images: ListedImage[] = [];
  for (const { id, snapshot } of snapshots) {
    if (isPolicySnapshot(snapshot)) continue;
    try {
      const carried = await summaryOf(repository, id, snapshot);
      const { original } = snapshot;
      const datedBefore = datedBeforeOf(snapshot);
      if (carried) {
        images.push({
          ...carried,
          id,
          ...(original === undefined ? {} : { original }),
          ...(datedBefore === undefined ? {} : { datedBefore }),
        });
      }
    } catch (error) {
      onDamaged?.(id, error instanceof Error ? error : new Error(String(error)));
    }
  }
  return images;
}

/** As `imagesAmong`, of all snapshots, newest first. Damaged snapshot files are reported, too. */
export async function listImages(
  repository: Repository,
  onDamaged?: (id: Id, error: Error) => void,
): Promise<ListedImage[]> {
  return imagesAmong(repository, await repository.listSnapshots(onDamaged), onDamaged);
}

/**
 * The image that a person means: a volume name (its latest image of this node that was not deleted), a full snapshot id,
 * or a unique prefix of one. Another node's volume of the same name is `IMAGE_AMBIGUOUS`: it may only be meant by id.
 * Throws `IMAGE_NOT_FOUND`. `images`: all of them, newest first.
 */
export async function findImage(
  repository: Repository,
  images: readonly ImageSummary[],
  source: string,
  nodeName: string,
): Promise<ImageSummary> {
  const byVolume = images.filter((image) => image.volume === source);
  const ofNode = byVolume.filter((image) => image.hostname === nodeName);
  const own = ofNode.find(({ deletedAt }) => deletedAt === undefined) ?? ofNode[0];
  if (own) return own;
  const [foreign] = byVolume;
  if (foreign) {
    throw new EngineError('IMAGE_AMBIGUOUS', {
      image: source,
      reason: `The images of ${source} were made on ${foreign.hostname}, not on ${nodeName}.`,
      remedy: `Name the image by its id, for instance ${foreign.id.slice(0, 8)}, and the target.`,
    });
  }
  if (!/^[0-9a-f]{4,64}$/i.test(source)) {
    throw new EngineError('IMAGE_NOT_FOUND', { image: source, repository: repository.location });
  }
  const id = await repository.resolveSnapshotId(source.toLowerCase());
  const image = images.find((candidate) => candidate.id === id);
  if (!image) throw new EngineError('IMAGE_NOT_FOUND', { image: source, repository: repository.location });
  return image;
}

/** Everything File Details shows of an image, with its files. */
export async function imageDetails(repository: Repository, summary: ImageSummary): Promise<ImageDetails> {
  const image = await lookAtImage(repository, summary.id);
  const partition = image.manifest?.volume.partition;
  const { storedBytes, uniqueBlocks } = storedSizeOf(image.content, await repository.index());
  return {
    summary: { ...summary, storedSize: storedBytes },
    ...(image.manifest ? { manifest: image.manifest } : {}),
    storedSize: storedBytes,
    blockCount: image.content.length / ID_BYTES,
    uniqueBlockCount: uniqueBlocks,
    resticCommand: resticCommand(repository.location, summary, image.path),
    ...(partition ? { partitionScript: sfdiskScript(partition) } : {}),
  };
}

/** Loads an image's files by snapshot id. */
export async function openStoredImage(repository: Repository, id: Id): Promise<StoredImage> {
  return loadStoredImage(repository, id, await repository.loadSnapshot(id));
}

function resticCommand(location: string, summary: ImageSummary, path: string): string {
  const words = ['restic', '-r', location, 'dump', summary.id.slice(0, 8), path].map(shellQuote);
  return `${words.join(' ')} > ${shellQuote(summary.volume)}`;
}

function datedBeforeOf({ stillframe }: Snapshot): Id | undefined {
  const id: unknown =
    typeof stillframe === 'object' && stillframe !== null ? Reflect.get(stillframe, 'datedBefore') : undefined;
  return typeof id === 'string' ? id : undefined;
}

async function summaryOf(repository: Repository, id: Id, snapshot: Snapshot): Promise<CarriedSummary | undefined> {
  const carried = carriedSchema.safeParse(snapshot.stillframe);
  if (carried.success) return carried.data;
  if (snapshot.tags?.includes(PRODUCT_TAG)) {
    const { manifest } = await loadStoredImage(repository, id, snapshot);
    return manifest && summarize(manifest, snapshot);
  }
  return summarizeForeign(repository, id, snapshot);
}

/** The summary of an image of ours. */
export function summarize(manifest: Manifest, snapshot: Pick<Snapshot, 'time' | 'hostname'>): CarriedSummary {
  return {
    volume: manifest.volume.name,
    time: normalizeTime(snapshot.time),
    hostname: snapshot.hostname ?? '',
    imageSize: manifest.volume.sizeBytes,
    usedSize: manifest.extents.usedBytes,
    newSize: manifest.counters.storedBytes,
    ...(manifest.volume.kind === 'file' ? {} : { logicalSectorBytes: manifest.volume.logicalSectorBytes }),
    fsType: manifest.fileSystem.type,
    fsLabel: manifest.fileSystem.label,
    mgmtClass: manifest.managementClass,
    imageType: manifest.imageType,
    provider: manifest.provider,
    consistency: manifest.consistency,
    mode: manifest.mode,
    unreadableBytes: manifest.counters.unreadableBytes,
    origin: 'stillframe',
  };
}

/** A snapshot that restic made counts as an image when it holds one file that could be a volume. */
async function summarizeForeign(
  repository: Repository,
  id: Id,
  snapshot: Snapshot,
): Promise<CarriedSummary | undefined> {
  if (snapshot.paths.length !== 1) return undefined;
  const image = await loadStoredImage(repository, id, snapshot).catch(() => undefined);
  if (!image || image.sizeBytes === 0 || image.sizeBytes % 512 !== 0) return undefined;
  return {
    volume: snapshot.paths[0] ?? image.path,
    time: normalizeTime(snapshot.time),
    hostname: snapshot.hostname ?? '',
    imageSize: image.sizeBytes,
    usedSize: image.sizeBytes,
    newSize: 0,
    fsType: 'raw',
    fsLabel: '',
    mgmtClass: '',
    imageType: 'dynamic',
    provider: 'NONE',
    consistency: 'fuzzy',
    mode: 'selective',
    unreadableBytes: 0,
    origin: 'restic',
  };
}

/** restic writes nanoseconds and a zone offset; milliseconds in UTC are what everything else here uses. */
export function normalizeTime(time: string): string {
  const parsed = new Date(time);
  return Number.isNaN(parsed.getTime()) ? new Date(0).toISOString() : parsed.toISOString();
}
