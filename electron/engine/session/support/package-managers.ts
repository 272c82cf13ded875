/** Package managers of Linux distributions: what would be run to install, update or remove packages, word for word. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { SupportAction } from '#contract';

/** A program with its arguments; never a shell's text. */
export type CommandLine = readonly [program: string, ...rest: string[]];

/** Packages by what they give us; their names differ between distributions. */
export type Parcel = 'lvm2' | 'thin-provisioning-tools';

export interface PackageManager {
  program: string;
  command(action: SupportAction, packages: readonly string[]): CommandLine;
  names: Readonly<Record<Parcel, string>>;
}

const DEBIAN_NAMES = { lvm2: 'lvm2', 'thin-provisioning-tools': 'thin-provisioning-tools' } as const;
const RED_HAT_NAMES = { lvm2: 'lvm2', 'thin-provisioning-tools': 'device-mapper-persistent-data' } as const;

/** In the order in which they are looked for. */
export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    program: 'apt-get',
    names: DEBIAN_NAMES,
    command: (action, packages) =>
      action === 'install'
        ? ['apt-get', 'install', '--yes', ...packages]
        : action === 'update'
          ? ['apt-get', 'install', '--yes', '--only-upgrade', ...packages]
          : ['apt-get', 'remove', '--yes', ...packages],
  },
  {
    program: 'dnf',
    names: RED_HAT_NAMES,
    command: (action, packages) => ['dnf', action === 'update' ? 'upgrade' : action, '--assumeyes', ...packages],
  },
  {
    program: 'zypper',
    names: DEBIAN_NAMES,
    command: (action, packages) => ['zypper', '--non-interactive', action, ...packages],
  },
];

/** Where programs of the system are. */
export const SYSTEM_PATH: readonly string[] = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Whether a program can be run on this computer. */
export async function hasProgram(program: string): Promise<boolean> {
  const own = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return isIn([...own, ...SYSTEM_PATH], program);
}

async function isIn(folders: readonly string[], program: string): Promise<boolean> {
  for (const folder of folders) {
    const found = await access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

/** The one of this computer, if it is one that we know. Root runs it, so one in a folder of somebody else does not count. */
export async function findPackageManager(): Promise<PackageManager | undefined> {
  for (const manager of PACKAGE_MANAGERS) if (await isIn(SYSTEM_PATH, manager.program)) return manager;
  return undefined;
}
