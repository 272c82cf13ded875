/**
 * The volume that the demonstration plays with: a real ext4 file system, on a loop device where this user may make
 * one, otherwise in a plain file. Both can be filled, changed, looked into and destroyed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from '../driver/programs.ts';

/** Bytes of the volume. */
export const VOLUME_BYTES = 512 * 1024 * 1024;
const MIB = 1024 * 1024;
/** What a destroyed volume is full of: no magic number, no zero block. */
const WRECKAGE = 0xaa;

/** Gives back what `loopStage` holds: $1 is the device, $2 the mount point. */
const CLEAN_UP = 'mountpoint -q "$2" && umount "$2"; rmdir "$2"; losetup --detach "$1"';

/** A volume with files in it. */
export interface Stage {
  /** What the command line is given: a device or a file. */
  volume: string;
  kind: 'loop device' | 'file volume';
  /** Runs `change` on the volume's files; where it cannot be mounted, on a copy whose differences are then written in. */
  change(steps: readonly Change[]): Promise<void>;
  /** Path → SHA-256 of every file, as read back through the file system. */
  hashes(): Promise<Map<string, string>>;
  /** Overwrites every byte. */
  destroy(): Promise<void>;
  /** Forced read-only fsck; the exit code, 0 = clean. */
  check(): Promise<number>;
}

/** One change to the files: new content, or gone. */
export interface Change {
  path: string;
  content: Uint8Array | undefined;
}

/** Makes the volume inside `folder` and fills it with `files`. */
export async function buildStage(folder: string, files: readonly Change[]): Promise<Stage> {
  const image = join(folder, 'volume.img');
  const source = join(folder, 'source');
  await writeFiles(source, files);
  await writeFile(image, '');
  await truncate(image, VOLUME_BYTES);
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', '-L', 'holiday', '-d', source, image]);
  await rm(source, { recursive: true });
  const loop = await attachLoop(image);
  return loop === undefined ? fileStage(image) : loopStage(loop, folder);
}

/** A loop device over `image`, or undefined where none may be made. */
async function attachLoop(image: string): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const attached = await run('losetup', ['--find', '--show', image], { accept: [0, 1, 127] });
  const device = attached.stdout.trim();
  return attached.code === 0 && device !== '' ? device : undefined;
}

function loopStage(device: string, folder: string): Stage {
  const mountPoint = join(folder, 'mounted');
  // Synchronous, at the very end: it must also happen after a failure and after Ctrl-C.
  process.on('exit', () => spawnSync('sh', ['-c', CLEAN_UP, 'sh', device, mountPoint]));
  const mounted = async <Result>(options: string, work: () => Promise<Result>): Promise<Result> => {
    await mkdir(mountPoint, { recursive: true });
    await run('mount', ['-o', options, device, mountPoint]);
    try {
      return await work();
    } finally {
      await run('umount', [mountPoint]);
    }
  };
  return {
    volume: device,
    kind: 'loop device',
    change: (steps) => mounted('rw,noatime', () => writeFiles(mountPoint, steps)),
    hashes: () => mounted('ro,noload', () => hashTree(mountPoint)),
    destroy: () => overwrite(device),
    check: () => fsck(device),
  };
}

/** Without mounting: debugfs of e2fsprogs reads and writes the files inside. */
function fileStage(image: string): Stage {
  return {
    volume: image,
    kind: 'file volume',
    async change(steps) {
      await using scratch = await scratchFolder();
      const commands: string[] = [];
      for (const [index, step] of steps.entries()) {
        commands.push(`rm /${step.path}`);
        if (step.content === undefined) continue;
        const copy = join(scratch.path, `${index}`);
        await writeFile(copy, step.content);
        commands.push(`write ${copy} /${step.path}`);
      }
      const script = join(scratch.path, 'script');
      await writeFile(script, `${commands.join('\n')}\n`);
      await run('debugfs', ['-w', '-f', script, image]);
    },
    async hashes() {
      await using scratch = await scratchFolder();
      await run('debugfs', ['-R', `rdump / ${scratch.path}`, image]);
      return await hashTree(scratch.path);
    },
    destroy: () => overwrite(image),
    check: () => fsck(image),
  };
}

async function fsck(volume: string): Promise<number> {
  return (await run('e2fsck', ['-f', '-n', volume], { accept: [0, 4, 8, 12] })).code;
}

async function overwrite(volume: string): Promise<void> {
  const wreckage = Buffer.alloc(MIB, WRECKAGE);
  await using target = await open(volume, 'r+');
  for (let offset = 0; offset < VOLUME_BYTES; offset += MIB) await target.write(wreckage, 0, MIB, offset);
  await target.sync();
}

async function writeFiles(folder: string, files: readonly Change[]): Promise<void> {
  for (const file of files) {
    const path = join(folder, file.path);
    if (file.content === undefined) {
      await rm(path);
    } else {
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, file.content);
    }
  }
}

async function hashTree(folder: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    hashes.set(relative(folder, path), hash.digest('hex'));
  }
  return hashes;
}

async function scratchFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'stillframe-demo-files-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
