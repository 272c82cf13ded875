/** Debian packages: which are needed for what, which are missing, and installing them where this user may. */
import { existsSync, readFileSync } from 'node:fs';
import { must, run } from '../commands.mjs';

/**
 * A package and what proves that it is not needed: a program on PATH or a file that came from elsewhere.
 * @typedef {{ name: string, command?: string, file?: string, essential?: boolean }} Package
 */

/** Compiling the addon. */
const BUILD = [
  { name: 'g++', command: 'g++', essential: true },
  { name: 'make', command: 'make', essential: true },
  { name: 'python3', command: 'python3', essential: true },
  { name: 'libzstd-dev', file: '/usr/include/zstd.h', essential: true },
  { name: 'libssl-dev', file: '/usr/include/openssl/evp.h', essential: true },
];

/** Running: lsblk, blkid, findmnt; losetup and mount; mke2fs and e2fsck. */
const RUN = [
  { name: 'util-linux', command: 'lsblk', essential: true },
  { name: 'mount', command: 'losetup' },
  { name: 'e2fsprogs', command: 'mke2fs' },
];

const RESTIC = { name: 'restic', command: 'restic' };

/** What each purpose needs on top. */
const PURPOSES = {
  run: [],
  check: [],
  demo: [RESTIC],
  test: [
    RESTIC,
    { name: 'partclone', command: 'partclone.extfs' },
    { name: 'xfsprogs', command: 'mkfs.xfs' },
    { name: 'btrfs-progs', command: 'mkfs.btrfs' },
    { name: 'ntfs-3g', command: 'mkntfs' },
    { name: 'dosfstools', command: 'mkfs.fat' },
    { name: 'mtools', command: 'mcopy' },
    { name: 'exfatprogs', command: 'mkfs.exfat' },
    { name: 'exfat-fuse', command: 'mount.exfat-fuse' },
    { name: 'jfsutils', command: 'mkfs.jfs' },
    { name: 'fdisk', command: 'sfdisk' },
    { name: 'gdisk', command: 'sgdisk' },
    // Makers of what is only recognised.
    { name: 'f2fs-tools', command: 'mkfs.f2fs' },
    { name: 'reiserfsprogs', command: 'mkreiserfs' },
    { name: 'nilfs-tools', command: 'mkfs.nilfs2' },
    { name: 'udftools', command: 'mkfs.udf' },
    { name: 'apfsprogs', command: 'mkapfs' },
    { name: 'hfsutils', command: 'hformat' },
    { name: 'cryptsetup-bin', command: 'cryptsetup' },
    { name: 'squashfs-tools', command: 'mksquashfs' },
    { name: 'erofs-utils', command: 'mkfs.erofs' },
    { name: 'genisoimage', command: 'genisoimage' },
    { name: 'procps', command: 'pkill' },
    { name: 'genromfs', command: 'genromfs' },
    // Makers of labels and boot code that may stand before an old file system.
    { name: 'parted', command: 'parted' },
    { name: 'extlinux', command: 'extlinux' },
    { name: 'grub-pc-bin', file: '/usr/lib/grub/i386-pc/boot.img' },
    { name: 'chromium', command: 'chromium' },
    { name: 'fonts-dejavu-core', file: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' },
    { name: 'zstd', command: 'zstd' },
    // A kernel with LVM that runs as a process, and what is done inside.
    { name: 'user-mode-linux', command: 'linux.uml' },
    { name: 'kmod', command: 'modprobe' },
    { name: 'lvm2', command: 'lvm' },
    { name: 'thin-provisioning-tools', command: 'thin_delta' },
    { name: 'sqlite3', command: 'sqlite3' },
  ],
  bench: [
    RESTIC,
    { name: 'partclone', command: 'partclone.ext4' },
    { name: 'zstd', command: 'zstd' },
    { name: 'openssl', command: 'openssl' },
    { name: 'time', file: '/usr/bin/time' },
    { name: 'xfsprogs', command: 'mkfs.xfs' },
    { name: 'btrfs-progs', command: 'mkfs.btrfs' },
    { name: 'ntfs-3g', command: 'mkntfs' },
    { name: 'dosfstools', command: 'mkfs.fat' },
    { name: 'exfatprogs', command: 'mkfs.exfat' },
  ],
};

/** Names that `--for=` accepts. */
export const purposes = Object.keys(PURPOSES);

/** @param {string} purpose @returns {Package[]} */
export function packagesFor(purpose) {
  return [...BUILD, ...RUN, ...PURPOSES[purpose]];
}

/**
 * Packages that are neither installed nor replaced by something else.
 * @param {Package[]} wanted
 */
export function missingPackages(wanted) {
  const installed = installedPackages();
  return wanted.filter((one) => !installed.has(one.name) && !isProvided(one));
}

/**
 * Installs `missing`, or explains what to type.
 * @param {Package[]} missing
 * @param {(line: string) => void} say
 * @throws when something essential cannot be had
 */
export async function installPackages(missing, say) {
  const names = missing.map((one) => one.name);
  const elevate = await elevation();
  if (!elevate) {
    const advice = `missing: ${names.join(' ')}\nInstall them with:\n  sudo apt-get install --no-install-recommends ${names.join(' ')}`;
    if (missing.some((one) => one.essential)) throw new Error(advice);
    say(`${advice}\nGoing on without: what needs them says so.`);
    return;
  }
  const apt = (args) =>
    must(elevate[0], [
      ...elevate.slice(1),
      'apt-get',
      '-q',
      '-o',
      'Acquire::Retries=3',
      '-o',
      'DPkg::Lock::Timeout=300',
      ...args,
    ]);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  say(`installing ${names.join(' ')}`);
  if (!havePackageLists()) await apt(['update']);
  try {
    await apt(install).catch(async () => {
      // Old lists name versions that the mirror has dropped since.
      await apt(['update']);
      await apt(install);
    });
  } catch (error) {
    if (missing.some((one) => one.essential)) throw error;
    say(`${error.message}\nGoing on without ${names.join(' ')}: what needs them says so.`);
  }
}

/** Command prefix that gets root without asking, or undefined where there is none or no apt. */
async function elevation() {
  if (!onPath('apt-get')) return undefined;
  const settings = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (process.getuid?.() === 0) return settings;
  if (onPath('sudo') && (await run('sudo', ['-n', 'true'])).code === 0) return ['sudo', '-n', ...settings];
  return undefined;
}

/** Straight from dpkg's database: asking dpkg-query would cost most of a run that has nothing to do. */
function installedPackages() {
  const names = new Set();
  if (!existsSync('/var/lib/dpkg/status')) return names;
  for (const paragraph of readFileSync('/var/lib/dpkg/status', 'utf8').split('\n\n')) {
    const name = /^Package: (.+)$/m.exec(paragraph)?.[1];
    if (name && /^Status: .* installed$/m.test(paragraph)) names.add(name);
  }
  return names;
}

/** @param {Package} one */
function isProvided(one) {
  return one.command ? onPath(one.command) : one.file !== undefined && existsSync(one.file);
}

/** @param {string} command */
export function onPath(command) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(`${folder}/${command}`));
}

function havePackageLists() {
  return existsSync('/var/lib/apt/lists/lock') && existsSync('/var/cache/apt/pkgcache.bin');
}
