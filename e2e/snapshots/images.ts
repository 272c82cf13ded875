/** What a backup said, and what its image is. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Stand } from '../system/stand.ts';

/** One volume of a backup's result. */
export interface BackupRow {
  image: { id: string; imageType: string; provider: string; consistency: string };
  reading: { scope: string; why: string; unchangedBytes: number; auditedBlocks: number; auditMismatches: number };
  counters: {
    readBytes: number;
    changedBytes: number;
    zeroBytes: number;
    unchangedBytes?: number;
    scannedBytes: number;
  };
  warnings: string[];
}

/** Backs one volume up. */
export async function backup(stand: Stand, volume: string, ...options: string[]): Promise<BackupRow> {
  return (await stand.backup(volume, ...options)) as unknown as BackupRow;
}

/** One image as `query image -detail -inactive` shows it. */
export interface ImageDetails {
  id: string;
  manifest: { merkleRoot: string; counters: BackupRow['counters'] };
}

/** Every image of the repository, by its id. */
export async function imagesOf(stand: Stand): Promise<Map<string, ImageDetails>> {
  const { images } = (await stand.ok('query', 'image', '-detail', '-inactive')) as { images: ImageDetails[] };
  return new Map(images.map((image) => [image.id, image]));
}

/** Two images of the same bytes have the same. */
export async function merkleRoot(stand: Stand, id: string): Promise<string> {
  const root = (await imagesOf(stand)).get(id)?.manifest.merkleRoot;
  if (root === undefined) throw new Error(`there is no image ${id}`);
  return root;
}

const nodeSchema = z.object({
  name: z.string(),
  subtree: z.string().nullish(),
  content: z.array(z.string()).nullish(),
});

/** What was read before: images do not change, and restic takes seconds to open a repository. */
const known = new Map<string, Promise<readonly string[]>>();

function blocksOf(stand: Stand, id: string): Promise<readonly string[]> {
  const blocks = known.get(id) ?? readBlocks(stand, id);
  known.set(id, blocks);
  return blocks;
}

/** The blob of every grid block of an image, as restic reads it. */
async function readBlocks(stand: Stand, id: string): Promise<readonly string[]> {
  const json = async (kind: 'snapshot' | 'blob', name: string): Promise<unknown> =>
    JSON.parse((await stand.restic(['cat', kind, name, '--no-lock'])).stdout);
  let { tree } = z.object({ tree: z.string() }).parse(await json('snapshot', id));
  for (;;) {
    const { nodes } = z.object({ nodes: z.array(nodeSchema) }).parse(await json('blob', tree));
    const volume = nodes.find(({ name }) => name === 'volume.img');
    if (volume) return volume.content ?? [];
    const folder = nodes.find(({ subtree }) => subtree)?.subtree;
    if (!folder) throw new Error(`image ${id} holds no volume.img`);
    tree = folder;
  }
}

/**
 * Bytes in grid blocks in which `after` differs from `before` and which hold something: what a run that reads only
 * changes has to read. Known content in another place is a change, too.
 */
export async function changedBytesBetween(
  stand: Stand,
  [before, after]: readonly [string, string],
  gridBytes: number,
): Promise<number> {
  const [old, now] = await Promise.all([blocksOf(stand, before), blocksOf(stand, after)]);
  const zero = createHash('sha256').update(Buffer.alloc(gridBytes)).digest('hex');
  return now.filter((blob, block) => blob !== old[block] && blob !== zero).length * gridBytes;
}
