/** Drives whole sessions of the addon for tests: an image into packs in memory, and packs back onto a device. */
import { createHash } from 'node:crypto';
import {
  type Device,
  type FilledPack,
  ID_BYTES,
  native,
  type OpenTasks,
  type Sealer,
  type SealerOptions,
  type SealerSummary,
} from '../index.ts';

export interface SealedImage {
  packs: { bytes: Uint8Array; pack: FilledPack }[];
  summary: SealerSummary;
}

/** Where a blob is: pack number and row in its table. */
export interface BlobPlace {
  pack: number;
  row: number;
}

/** Seals a whole image into packs in memory. */
export async function sealImage(
  options: Omit<SealerOptions, 'knownIds'> & { knownIds?: Uint8Array },
  packBytes = options.gridBytes * 4 + 65536,
  buffers = 3,
): Promise<SealedImage> {
  const sealer = native().createSealer({ knownIds: new Uint8Array(0), ...options });
  try {
    const packs = await drain(sealer, packBytes, buffers);
    return { packs, summary: sealer.finish() };
  } finally {
    sealer.close();
  }
}

/** Lends buffers until the input is exhausted. */
export async function drain(sealer: Sealer, packBytes: number, buffers: number): Promise<SealedImage['packs']> {
  const packs: SealedImage['packs'] = [];
  const pump = async () => {
    const buffer = new Uint8Array(packBytes);
    for (let pack = await sealer.fillPack(buffer); pack !== null; pack = await sealer.fillPack(buffer)) {
      packs.push({ bytes: buffer.slice(0, pack.lengthBytes), pack });
    }
  };
  await Promise.all(Array.from({ length: buffers }, pump));
  return packs;
}

/** Hexadecimal id number `index` of a concatenation. */
export function idAt(ids: Uint8Array, index: number): string {
  return Buffer.from(ids.subarray(index * ID_BYTES, (index + 1) * ID_BYTES)).toString('hex');
}

/** SHA-256 of `bytes`, hexadecimal, by Node. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Every blob of an image by id. */
export function blobPlaces(image: SealedImage): Map<string, BlobPlace> {
  const places = new Map<string, BlobPlace>();
  for (const [pack, { pack: filled }] of image.packs.entries()) {
    for (let row = 0; row < filled.blobs.count; row++) places.set(idAt(filled.blobs.ids, row), { pack, row });
  }
  return places;
}

/** Opens a blob with the addon's small functions, not with its pipeline. */
export function openBlob(key: Uint8Array, image: SealedImage, place: BlobPlace): Uint8Array {
  const { bytes, pack } = image.packs[place.pack] as SealedImage['packs'][number];
  const { offsets, lengths, uncompressedLengths } = pack.blobs;
  const offset = offsets[place.row] as number;
  const plain = native().open(key, bytes.subarray(offset, offset + (lengths[place.row] as number)));
  const length = uncompressedLengths[place.row] as number;
  return length === 0 ? plain : native().decompress(plain, length);
}

/** Puts an image together again from its packs. */
export function assemble(key: Uint8Array, image: SealedImage): Buffer {
  const places = blobPlaces(image);
  const parts: Uint8Array[] = [];
  for (let i = 0; i < image.summary.content.length / ID_BYTES; i++) {
    const place = places.get(idAt(image.summary.content, i));
    if (place === undefined) throw new Error(`block ${i} is in no pack`);
    parts.push(openBlob(key, image, place));
  }
  return Buffer.concat(parts);
}

/** Tasks that open every blob of one pack to each place where the image has it. */
export function tasksOf(image: SealedImage, packIndex: number, gridBytes: number): OpenTasks {
  const { blobs } = (image.packs[packIndex] as SealedImage['packs'][number]).pack;
  const destinations: number[] = [];
  const starts = [0];
  for (let row = 0; row < blobs.count; row++) {
    const id = idAt(blobs.ids, row);
    for (let i = 0; i < image.summary.content.length / ID_BYTES; i++) {
      if (idAt(image.summary.content, i) === id) destinations.push(i * gridBytes);
    }
    starts.push(destinations.length);
  }
  return {
    count: blobs.count,
    ids: blobs.ids,
    offsets: blobs.offsets,
    lengths: blobs.lengths,
    uncompressedLengths: blobs.uncompressedLengths,
    destinationStarts: Uint32Array.from(starts),
    destinations: Float64Array.from(destinations),
  };
}

/** Reads a whole device or file back through the addon's own verification; the indexes that differ. */
export function verifyBlocks(device: Device, bytes: Uint8Array, gridBytes: number): Promise<Uint32Array> {
  const count = Math.ceil(bytes.length / gridBytes);
  const blocks = Array.from({ length: count }, (_, i) => bytes.subarray(i * gridBytes, (i + 1) * gridBytes));
  return native().verifyRanges({
    device,
    offsets: Float64Array.from(blocks, (_, i) => i * gridBytes),
    lengths: Float64Array.from(blocks, (block) => block.length),
    ids: Buffer.concat(blocks.map((block) => createHash('sha256').update(block).digest())),
  }).result;
}
