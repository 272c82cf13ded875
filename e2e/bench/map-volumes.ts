/** Sparse volumes of 1 TiB with 200 GiB in use in about 200,000 pieces, one per file system, made by its own tools. */
import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../driver/programs.ts';

/** Bytes of every volume. */
export const MAP_VOLUME_BYTES = 1024 ** 4;

/** `$1` is the file, `$2` an empty folder to mount on. */
const MAKE: Readonly<Record<string, string>> = {
  // A hole of 1 MiB is punched into every second mebibyte of 400 GiB.
  ext4: `
    mkfs.ext4 -q -F -E lazy_itable_init=1,lazy_journal_init=1,nodiscard "$1"
    mount -o loop,nodiscard,noinit_itable "$1" "$2"; trap 'umount "$2"' EXIT
    for file in 1 2 3 4; do
      { echo falloc 0 100g; seq 0 2 102398 | sed 's/.*/fpunch &m 1m/'; } | xfs_io -f "$2/$file" > /dev/null
    done`,
  xfs: `
    mkfs.xfs -q -K "$1"
    mount -o loop,nodiscard "$1" "$2"; trap 'umount "$2"' EXIT
    for file in 1 2 3 4; do
      { echo falloc 0 100g; seq 0 2 102398 | sed 's/.*/fpunch &m 1m/'; } | xfs_io -f "$2/$file" > /dev/null
    done`,
  // A hole leaves btrfs's extent whole, so the pieces are allocated one by one.
  btrfs: `
    mkfs.btrfs -q -K "$1"
    mount -o loop,nodiscard "$1" "$2"; trap 'umount "$2"' EXIT
    for file in 1 2 3 4; do
      seq 0 2 102398 | sed 's/.*/falloc &m 1m/' | xfs_io -f "$2/$file" > /dev/null
    done`,
  // ntfs-3g can neither preallocate nor punch through its mount: every second of 200 files of 2 GiB is deleted, and
  // small files lie between them.
  ntfs: `
    mkntfs -q -F -Q "$1" 2> /dev/null
    names() { seq 0 199 | sed 's/^/large-/'; }
    ntfs-3g "$1" "$2"
    (cd "$2"; names | xargs touch; for i in $(seq 2000); do echo $i > "small-$i"; done); umount "$2"
    for name in $(names); do ntfsfallocate -f -l 2147483648 "$1" "$name" > /dev/null 2>&1; done
    ntfs-3g "$1" "$2"; trap 'umount "$2"' EXIT
    (cd "$2"; seq 0 2 199 | sed 's/^/large-/' | xargs rm; seq 1 2 2000 | sed 's/^/small-/' | xargs rm)`,
  exfat: `mkfs.exfat "$1" > /dev/null`,
  vfat: `mkfs.fat -F 32 -s 128 "$1" > /dev/null`,
};

/** Families for which there is a volume. */
export const MAP_FAMILIES = Object.keys(MAKE);

/** Makes the volume of a family in `folder` unless it is there; resolves with its path. */
export async function prepareMapVolume(folder: string, family: string, say: (line: string) => void): Promise<string> {
  const path = join(folder, `map-${family}.img`);
  const exists = await run('test', ['-e', path], { accept: [0, 1] });
  if (exists.code === 0) return path;
  say(`making ${path}`);
  const unfinished = `${path}.new`;
  await writeFile(unfinished, '');
  await truncate(unfinished, MAP_VOLUME_BYTES);
  const mountPoint = await mkdtemp(join(folder, 'mount-'));
  try {
    await run('bash', ['-e', '-o', 'pipefail', '-c', MAKE[family] ?? 'false', 'bash', unfinished, mountPoint]);
  } finally {
    await rm(mountPoint, { recursive: true });
  }
  await rename(unfinished, path);
  return path;
}
