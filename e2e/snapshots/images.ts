/** What a backup said, and what its image is. */
import type { Stand } from '../system/stand.ts';

/** One volume of a backup's result. */
export interface BackupRow {
  image: { id: string; imageType: string; provider: string; consistency: string };
  reading: { scope: string; why: string; unchangedBytes: number; auditedBlocks: number; auditMismatches: number };
  counters: { readBytes: number; changedBytes: number; unchangedBytes?: number; scannedBytes: number };
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
