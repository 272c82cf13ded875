/** ntfs-3g's programs as judges of NTFS images, and its driver to fill them. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BlockMap } from './block-map.ts';
import { runProgram } from './run-program.ts';
import { createSparseFile, makeFileSystem, type TestMount } from './test-volume.ts';
import { createWorkspace } from './workspace.ts';

const run = promisify(execFile);

/** The cluster bitmap as ntfs-3g's ntfscat reads it out of `$Bitmap`. `path` is only read. */
export async function ntfscatMap(path: string, clusterCount: number): Promise<BlockMap> {
  const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 } as const;
  const { stdout } = await run('ntfscat', ['-f', '-i', '6', path], options);
  if (stdout.length < clusterCount / 8) throw new Error(`ntfscat gave only ${stdout.length} bytes`);
  return Uint8Array.from(
    { length: clusterCount },
    (_, cluster) => (stdout.readUInt8(cluster >> 3) >> (cluster & 7)) & 1,
  );
}

/** Facts as ntfsinfo prints them. */
export async function ntfsinfoFacts(
  path: string,
): Promise<{ version: string; clusterBytes: number; clusters: number; freeClusters: number; flags: number }> {
  const text = await runProgram('ntfsinfo', ['-f', '-m', path]);
  const field = (name: string) => new RegExp(`${name}: *(\\S+)`).exec(text)?.[1] ?? '';
  return {
    version: field('Volume Version'),
    clusterBytes: Number(field('Cluster Size')),
    clusters: Number(field('Volume Size in Clusters')),
    freeClusters: Number(field('Free Clusters')),
    flags: Number(field('Volume Flags')),
  };
}

/** A fresh file system, without a mount: `names` are files of `content` in the root directory, put there by ntfscp. */
export async function ntfsImage(
  sizeBytes: number,
  options: readonly string[],
  names: readonly string[] = [],
  content: Buffer = Buffer.alloc(5000, 'x'),
): Promise<Buffer> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await createSparseFile(path, sizeBytes);
  await makeFileSystem(path, ['ntfs', ...options]);
  const source = workspace.path('content');
  await writeFile(source, content);
  for (const name of names) await runProgram('ntfscp', ['-q', path, source, name]);
  return await readFile(path);
}

/** What ntfs-3g would do with an image. */
export type NtfsVerdict = 'mounts' | 'hibernated' | 'unclean' | 'other';

/** Asks `ntfs-3g.probe` whether it would mount the image read-write: its exit codes, see ntfs-3g.probe(8). */
export async function ntfsVerdict(image: Buffer): Promise<NtfsVerdict> {
  await using workspace = await createWorkspace();
  const path = workspace.path('image');
  await writeFile(path, image);
  try {
    await runProgram('ntfs-3g.probe', ['--readwrite', path]);
    return 'mounts';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 14 ? 'hibernated' : code === 15 ? 'unclean' : 'other';
  }
}

/** Mounts an image file with ntfs-3g (FUSE). Disposing unmounts and waits until the driver has written everything. */
export async function mountNtfs(image: string, mountPoint: string, options = 'rw'): Promise<TestMount> {
  await mkdir(mountPoint, { recursive: true });
  const driver = spawn('ntfs-3g', ['-o', `no_detach,${options}`, image, mountPoint], { stdio: 'ignore' });
  const ended = once(driver, 'exit');
  for (let waited = 0; !(await readFile('/proc/self/mounts', 'utf8')).includes(` ${mountPoint} `); waited++) {
    if (driver.exitCode !== null || waited > 500) {
      driver.kill();
      throw new Error(`ntfs-3g does not mount ${image} (exit code ${driver.exitCode})`);
    }
    await setTimeout(10);
  }
  let mounted = true;
  return {
    mountPoint,
    async [Symbol.asyncDispose]() {
      if (!mounted) return;
      mounted = false;
      await runProgram('umount', [mountPoint]);
      await ended;
    },
  };
}
