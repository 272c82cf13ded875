import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { native } from '../index.ts';
import { Scratch } from './volumes.ts';

/** Runs on a mounted file system of this type, where the machine can. */
async function onMounted(type: string, body: (folder: string) => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return;
  using scratch = new Scratch();
  const path = scratch.file('volume', Buffer.alloc(0));
  truncateSync(path, 512 << 20);
  execFileSync(`mkfs.${type}`, ['-q', path]);
  const loop = scratch.loop(path);
  const folder = join(scratch.path, 'mnt');
  mkdirSync(folder);
  execFileSync('mount', [loop, folder]);
  try {
    await body(folder);
  } finally {
    execFileSync('umount', [folder]);
  }
}

test.each(['btrfs', 'xfs'])('clones share their blocks and keep their bytes (%s)', async (type) => {
  await onMounted(type, async (folder) => {
    const [source, target] = [join(folder, 'source'), join(folder, 'target')];
    const bytes = randomBytes(300_001);
    writeFileSync(source, bytes);
    truncateSync(source, 1 << 20);
    await native().probeReflink(source, folder);
    expect(readdirSync(folder)).toEqual(['source']);
    await native().reflink(source, target);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readFileSync(target).equals(readFileSync(source))).toBe(true);
    const rows = await native().fileExtents(source);
    expect(Array.from(await native().fileExtents(target))).toEqual(Array.from(rows));
    expect(rows.length % 4).toBe(0);
    expect([rows[0], rows[2]]).toEqual([0, 303_104]);
    await expect(native().reflink(source, target)).rejects.toMatchObject({ code: 'EEXIST' });
    writeFileSync(source, 'x', { flag: 'r+' });
    expect(readFileSync(target).subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect((await native().fileExtents(source))[1]).not.toBe(rows[1]);
    await expect(native().reflink(folder, join(folder, 'other'))).rejects.toMatchObject({ code: 'EINVAL' });
    await expect(native().reflink(source, '/dev/shm/stillframe-clone')).rejects.toMatchObject({ code: 'EXDEV' });
    expect(readdirSync('/dev/shm')).not.toContain('stillframe-clone');
  });
});

test('extents are listed page by page, up to the limit', async () => {
  await onMounted('xfs', async (folder) => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    const script = Array.from({ length: 2500 }, (_, i) => `pwrite -q ${i * 8192} 4096`).join('\n');
    execFileSync('xfs_io', [path], { input: script, stdio: ['pipe', 'ignore', 'ignore'] });
    const rows = await native().fileExtents(path);
    // XFS preallocates between them (FIEMAP_EXTENT_UNWRITTEN).
    const written = Array.from({ length: rows.length / 4 }, (_, i) => i).filter(
      (i) => ((rows[i * 4 + 3] ?? 0) & 0x800) === 0,
    );
    expect(written.map((i) => rows[i * 4])).toEqual(Array.from({ length: 2500 }, (_, i) => i * 8192));
    await expect(native().fileExtents(path, rows.length / 4 - 1)).rejects.toMatchObject({ code: 'E2BIG' });
    expect(await native().fileExtents(path, rows.length / 4)).toEqual(rows);
  });
});

test('a file system without reflinks says so, and no file is left', async () => {
  await onMounted('ext4', async (folder) => {
    const source = join(folder, 'source');
    writeFileSync(source, 'x');
    await expect(native().probeReflink(source, folder)).rejects.toMatchObject({ code: 'EOPNOTSUPP' });
    await expect(native().reflink(source, join(folder, 'target'))).rejects.toMatchObject({ code: 'EOPNOTSUPP' });
    expect(readdirSync(folder).filter((name) => name !== 'lost+found')).toEqual(['source']);
  });
});
