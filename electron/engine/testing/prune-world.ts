/** For tests: a repository in every state that a prune has to deal with, and what each snapshot must give back. */
import { createHash } from 'node:crypto';
import { saveFiles } from '../repository/restic-oracle.ts';
import type { Id, Repository } from '../repository/types.ts';
import { seededBelow, seededBytes } from './seeded.ts';

/** SHA-256 of every file's content, by path, by snapshot. */
export type Expected = Map<Id, Map<string, string>>;

/** Snapshots of files that share blobs, in many packs; then some of them are removed. Resolves with what stays. */
export async function makeWorld(repository: Repository, random: () => number, snapshots = 6): Promise<Expected> {
  const blobs = Array.from({ length: 60 }, () => seededBytes(random, 1 + seededBelow(random, 20_000)));
  const expected: Expected = new Map();
  for (let i = 0; i < snapshots; i++) {
    const files: Record<string, Buffer[]> = {};
    for (let file = 0; file < 4; file++) {
      const content = Array.from({ length: 8 }, () => blobs[seededBelow(random, blobs.length)] ?? Buffer.of());
      files[`file ${file}`] = content;
    }
    const id = await saveFiles(repository, files);
    const hashes = Object.entries(files).map(([name, content]) => [`/folder/${name}`, hashOf(content)] as const);
    expected.set(id, new Map(hashes));
  }
  await using _lock = await repository.lock(true);
  const removed = [...expected.keys()].filter((_, i) => i % 2 === 0);
  await repository.removeSnapshots(removed);
  for (const id of removed) expected.delete(id);
  return expected;
}

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** What the repository gives back now. */
export async function readWorld(repository: Repository): Promise<Expected> {
  const found: Expected = new Map();
  for (const { id, snapshot } of await repository.listSnapshots()) {
    const files = new Map<string, string>();
    await readFolder(repository, snapshot.tree, '', files);
    found.set(id, files);
  }
  return found;
}

async function readFolder(repository: Repository, tree: Id, path: string, files: Map<string, string>): Promise<void> {
  for (const { name, content, subtree } of await repository.loadTree(tree)) {
    if (subtree !== undefined) await readFolder(repository, subtree, `${path}/${name}`, files);
    if (content === undefined) continue;
    const parts: Buffer[] = [];
    for (let at = 0; at < content.length; at += 32) {
      parts.push(await repository.readBlob('data', Buffer.from(content.subarray(at, at + 32)).toString('hex')));
    }
    files.set(`${path}/${name}`, hashOf(parts));
  }
}
