/** restic itself as the outside judge of tests, and scratch directories for it. */
import { execFile } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalBackend } from './backends/local.ts';
import { createRepository, openRepository } from './index.ts';
import type { RepositoryPorts } from './session.ts';
import type { FileKind, Repository } from './types.ts';

export const PASSPHRASE = 'correct horse battery staple';
/** Cheap key derivation, so that tests are quick; restic accepts it. */
export const QUICK_KDF = { N: 1024, r: 8, p: 1 };

/** Real clock and randomness, a silent log. */
export function testPorts(): RepositoryPorts {
  const silent = (): void => undefined;
  return {
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: { bytes: (count) => randomBytes(count), below: (limit) => randomInt(limit) },
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    nodeName: hostname(),
  };
}

/** A directory of its own that disposing removes. */
export interface Scratch extends AsyncDisposable {
  readonly path: string;
}

export function scratch(): Scratch {
  const path = mkdtempSync(join(tmpdir(), 'stillframe-repository-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** What a restic run said. */
export interface ResticRun {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** Runs restic on a repository, without a cache. */
export function resticRun(repository: string, args: string[], input?: Buffer): Promise<ResticRun> {
  const env = { ...process.env, RESTIC_PASSWORD: PASSPHRASE, RESTIC_CACHE_DIR: join(repository, '..', 'cache') };
  return new Promise((resolve) => {
    const options = { env, encoding: 'buffer', maxBuffer: 1 << 28, timeout: 120_000 } as const;
    const child = execFile('restic', ['-r', repository, '--no-cache', ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr: stderr.toString() });
    });
    child.stdin?.end(input);
  });
}

/** Runs restic and throws with its output unless it succeeds. */
export async function restic(repository: string, args: string[], input?: Buffer): Promise<string> {
  const { code, stdout, stderr } = await resticRun(repository, args, input);
  if (code !== 0) throw new Error(`restic ${args.join(' ')} ended with ${code}: ${stdout.toString()}${stderr}`);
  return stdout.toString();
}

/** A new repository of ours at `path`. */
export function newRepository(path: string, ports = testPorts()): Promise<Repository> {
  const credential = { passphrase: PASSPHRASE };
  return createRepository({ backend: createLocalBackend(path), credential, ports, tuning: { kdf: QUICK_KDF } });
}

export function reopen(path: string, passphrase = PASSPHRASE, ports = testPorts()): Promise<Repository> {
  return openRepository({
    backend: createLocalBackend(path),
    credential: { passphrase },
    ports,
    tuning: { kdf: QUICK_KDF },
  });
}

/** Paths of a repository's files of one kind. */
export async function filesOf(repository: string, kind: FileKind): Promise<string[]> {
  if (kind === 'config') return [join(repository, 'config')];
  const entries = await readdir(join(repository, kind), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Saves a snapshot with `/folder/<name>` files, each of the given blobs; resolves with its id. */
export async function saveFiles(repository: Repository, files: Record<string, Buffer[]>): Promise<string> {
  const mtime = new Date().toISOString();
  const nodes = [];
  for (const [name, blobs] of Object.entries(files)) {
    const ids: Buffer[] = [];
    for (const blob of blobs) ids.push(Buffer.from(await repository.saveBlob('data', blob), 'hex'));
    const size = blobs.reduce((sum, blob) => sum + blob.length, 0);
    nodes.push({ name, type: 'file', mode: 0o600, mtime, size, content: Buffer.concat(ids) });
  }
  const subtree = await repository.saveTree(nodes);
  const tree = await repository.saveTree([{ name: 'folder', type: 'dir', mode: 0o755, mtime, subtree }]);
  return repository.saveSnapshot({ time: mtime, tree, paths: ['/folder'], hostname: hostname(), tags: ['stillframe'] });
}
