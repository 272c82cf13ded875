/** The volumes that are measured: made once per work folder, shown to every tool as the same loop devices. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../driver/programs.ts';

const MAKE_VOLUME = resolve(import.meta.dirname, 'make-volume.sh');
const MIB = 1024 * 1024;

/** Devices of one benchmark. */
export interface Volumes {
  /** The volume, read-only. */
  original: string;
  /** The same after about 1 % of it changed, read-only. */
  changed: string;
  /** May be overwritten. */
  target: string;
  sizeBytes: number;
  /** Used blocks, by the file system's own counting. */
  usedBytes: number;
}

/** Makes what `folder` does not hold yet and attaches loop devices, which are detached when this process ends. */
export async function prepareVolumes(folder: string, sizeMib: number, say: (line: string) => void): Promise<Volumes> {
  const original = join(folder, `volume-${sizeMib}.img`);
  const changed = join(folder, `changed-${sizeMib}.img`);
  const target = join(folder, `target-${sizeMib}.img`);
  await once(original, say, (path) => run(MAKE_VOLUME, ['make', path, String(sizeMib)]));
  await once(changed, say, async (path) => {
    await copyFile(original, path);
    await run(MAKE_VOLUME, ['change', path, '1']);
  });
  await once(target, say, async (path) => {
    await run('dd', ['if=/dev/zero', `of=${path}`, 'bs=1M', `count=${sizeMib}`, 'conv=fsync', 'status=none']);
  });
  return {
    original: await attach(original, ['--read-only']),
    changed: await attach(changed, ['--read-only']),
    target: await attach(target, []),
    sizeBytes: sizeMib * MIB,
    usedBytes: await usedBytesOf(original),
  };
}

/** A sparse volume of `sizeGib` with a modest number of files spread over its whole length. */
export async function prepareSparse(folder: string, sizeGib: number, say: (line: string) => void): Promise<Volumes> {
  const original = join(folder, `sparse-${sizeGib}.img`);
  const target = join(folder, `sparse-target-${sizeGib}.img`);
  const sizeBytes = sizeGib * 1024 * MIB;
  await once(original, say, (path) => makeSparse(path, sizeBytes));
  await rm(target, { force: true });
  await writeFile(target, '');
  await truncate(target, sizeBytes);
  const device = await attach(original, ['--read-only']);
  return {
    original: device,
    changed: device,
    target: await attach(target, []),
    sizeBytes,
    usedBytes: await usedBytesOf(original),
  };
}

/** Top-level folders go to different block groups, so that the files end up all over the volume. */
async function makeSparse(path: string, sizeBytes: number): Promise<void> {
  await writeFile(path, '');
  await truncate(path, sizeBytes);
  await run('mkfs.ext4', ['-q', '-F', '-E', 'lazy_itable_init=1,lazy_journal_init=1,nodiscard', path]);
  const fill = `
    set -e; mounted=$(mktemp -d); mount -o loop,noatime,nodiscard,noinit_itable "$1" "$mounted"
    trap 'umount "$mounted"; rmdir "$mounted"' EXIT
    for i in $(seq 400); do
      mkdir "$mounted/folder-$i"
      head -c 5242880 /dev/urandom > "$mounted/folder-$i/photo.jpg"
      seq 1 100000 > "$mounted/folder-$i/numbers.txt"
    done; sync -f "$mounted"`;
  await run('bash', ['-c', fill, 'bash', path]);
}

/** Made under another name first, so that an interrupted run leaves nothing that looks finished. */
async function once(
  path: string,
  say: (line: string) => void,
  make: (path: string) => Promise<unknown>,
): Promise<void> {
  if (existsSync(path)) return;
  say(`making ${path}`);
  await make(`${path}.new`);
  await rename(`${path}.new`, path);
}

/**
 * A loop device until this process ends. O_DIRECT to the backing file where it can: the page cache is not then filled
 * twice.
 */
export async function attach(path: string, options: readonly string[]): Promise<string> {
  const direct = ['--direct-io=on', ...options, '--find', '--show', path];
  const first = await run('losetup', direct, { accept: [0, 1] });
  const attached = first.code === 0 ? first : await run('losetup', [...options, '--find', '--show', path]);
  const device = attached.stdout.trim();
  process.on('exit', () => spawnSync('losetup', ['--detach', device]));
  return device;
}

async function usedBytesOf(image: string): Promise<number> {
  const { stdout } = await run('dumpe2fs', ['-h', image]);
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(stdout)?.[1]);
  return (field('Block count') - field('Free blocks')) * field('Block size');
}
