/**
 * A repository of very many small blobs of which a third is unused, here and there in nearly every pack. Run as a
 * program, with its folder as the argument, so that what it takes is not charged to the benchmark.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { createBackend, createRepository } from '#engine/repository/index.ts';
import type { Repository } from '#engine/repository/types.ts';

/** Data blobs; trees come on top. */
export const BLOBS = 100_000;
/** Passphrase of the repository. */
export const PASSPHRASE = 'bench';
const BLOBS_PER_FILE = 20;
const FILES_PER_FOLDER = 25;
/** One blob in three is in removed snapshots only. */
const UNUSED_EVERY = 3;
/** As small as restic's chunks of small files: 2 to 14 KiB. */
const SMALLEST_BYTES = 2048;
const LARGEST_BYTES = 14_336;

/** Half of it compresses well, half not at all: about what documents and photos together do. */
function content(length: number, text: Buffer): Buffer {
  const blob = Buffer.allocUnsafe(length);
  const half = length >> 1;
  randomBytes(half).copy(blob);
  const from = randomInt(text.length - length);
  text.copy(blob, half, from, from + length - half);
  return blob;
}

async function saveSnapshot(
  repository: Repository,
  name: string,
  ids: readonly Buffer[],
  takes: (blob: number, folder: number) => boolean,
): Promise<string> {
  const mtime = new Date().toISOString();
  const perFolder = BLOBS_PER_FILE * FILES_PER_FOLDER;
  const folders = [];
  for (let folder = 0; folder * perFolder < ids.length; folder++) {
    const files = [];
    for (let file = 0; file < FILES_PER_FOLDER; file++) {
      const from = folder * perFolder + file * BLOBS_PER_FILE;
      const taken = ids.slice(from, from + BLOBS_PER_FILE).filter((_, i) => takes(from + i, folder));
      files.push({ name: `file ${file}`, type: 'file', mode: 0o600, mtime, content: Buffer.concat(taken) });
    }
    const subtree = await repository.saveTree(files);
    folders.push({ name: `folder ${folder}`, type: 'dir', mode: 0o700, mtime, subtree });
  }
  const subtree = await repository.saveTree(folders);
  const tree = await repository.saveTree([{ name, type: 'dir', mode: 0o700, mtime, subtree }]);
  return repository.saveSnapshot({ time: mtime, tree, paths: [`/${name}`], hostname: hostname() });
}

/** Makes the repository at `path`, removes some of its snapshots, and prunes nothing. */
export async function makeRepository(path: string): Promise<void> {
  const silent = (): void => undefined;
  const ports = {
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: { bytes: (count: number) => randomBytes(count), below: (limit: number) => randomInt(limit) },
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    nodeName: hostname(),
  };
  await using repository = await createRepository({
    backend: createBackend(path),
    credential: { passphrase: PASSPHRASE },
    ports,
  });
  const text = Buffer.from(
    Array.from({ length: 20_000 }, () => `line ${randomInt(1000)}, word ${randomInt(50)}\n`).join(''),
  );
  const ids: Buffer[] = [];
  for (let blob = 0; blob < BLOBS; blob++) {
    const id = await repository.saveBlob('data', content(randomInt(SMALLEST_BYTES, LARGEST_BYTES), text));
    ids.push(Buffer.from(id, 'hex'));
  }
  const isKept = ids.map(() => randomInt(UNUSED_EVERY) > 0);
  const removed = [
    await saveSnapshot(repository, 'all', ids, () => true),
    await saveSnapshot(repository, 'half', ids, (_, folder) => folder % 2 === 0),
  ];
  await saveSnapshot(repository, 'kept', ids, (blob) => isKept[blob] === true);
  await saveSnapshot(repository, 'kept in part', ids, (blob, folder) => folder % 3 > 0 && isKept[blob] === true);
  await using _lock = await repository.lock(true);
  await repository.removeSnapshots(removed);
}

const [, , path] = process.argv;
if (import.meta.main && path !== undefined) await makeRepository(path);
