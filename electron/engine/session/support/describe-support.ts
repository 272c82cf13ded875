/** What each snapshot provider needs, from plain facts about this computer. */
import type { ProviderSupport, SnapshotProvider, SupportAction } from '#contract';
import type { CommandLine, PackageManager, Parcel } from './package-managers.ts';
import type { VolumeGroup } from './volume-groups.ts';

/** What was found on this computer. */
export interface SupportFacts {
  manager: PackageManager | undefined;
  /** Programs of the parcels are there. */
  installed: Readonly<Record<Parcel, boolean>>;
  /** The kernel has device-mapper, or a module of it. */
  deviceMapper: boolean;
  /** File systems that the kernel knows (`/proc/filesystems`). */
  kernelFileSystems: readonly string[];
  /** `undefined`: LVM did not answer, so it is not known which there are. */
  groups: readonly VolumeGroup[] | undefined;
}

/** A provider's answer, with the commands as they would be run. */
export type DescribedSupport = ProviderSupport & { commands: Partial<Record<SupportAction, CommandLine>> };

const EFFECTS: Record<SupportAction, string> = {
  install: 'Installs the programs of LVM and those that compare thin snapshots.',
  update: 'Brings the programs of LVM to the newest version that the distribution has.',
  remove: 'Removes the programs of LVM. Nothing on this computer uses a volume group.',
};

function plain(provider: SnapshotProvider, ready: boolean, status: string): DescribedSupport {
  return { provider, state: ready ? 'ready' : 'absent', status, actions: [], spaces: [], commands: {} };
}

function lvm({ manager, installed, deviceMapper, groups }: SupportFacts): DescribedSupport {
  // Where nobody knows whether the system lies in a volume group, the programs that start it are not removed.
  const isUnused = groups?.length === 0;
  const all = installed.lvm2 && installed['thin-provisioning-tools'];
  const wanted: SupportAction[] = all ? ['update', ...(isUnused ? (['remove'] as const) : [])] : ['install'];
  const packages = manager === undefined ? [] : [manager.names.lvm2, manager.names['thin-provisioning-tools']];
  const commands: DescribedSupport['commands'] = {};
  if (manager !== undefined) for (const action of wanted) commands[action] = manager.command(action, packages);
  const actions = Object.entries(commands).map(([action, command]) => ({
    action: action as SupportAction,
    command: command.join(' '),
    effect: EFFECTS[action as SupportAction],
  }));
  const spaces = (groups ?? []).map(({ name, freeBytes, totalBytes }) => ({ name, freeBytes, totalBytes }));
  const state = !deviceMapper ? 'absent' : all ? 'ready' : 'installable';
  return { provider: 'LINUX_LVM', state, status: lvmStatus(), actions, spaces, commands };

  function lvmStatus(): string {
    if (!deviceMapper) return 'This kernel has no device-mapper, so it has no logical volumes.';
    if (!installed.lvm2) return 'The programs of LVM are not installed.';
    if (!installed['thin-provisioning-tools']) {
      return 'LVM is installed. The programs that compare thin snapshots are missing, so every run reads everything in use.';
    }
    if (groups === undefined) return 'LVM is installed. It could not be asked for its volume groups.';
    if (isUnused) return 'LVM is installed. This computer has no volume group.';
    return 'LVM is installed. A snapshot of a thick volume takes its space from the free extents of its volume group.';
  }
}

/** Every provider that there is, the ones of other platforms last. */
export function describeSupport(facts: SupportFacts): DescribedSupport[] {
  const reflinks = ['xfs', 'btrfs'].filter((name) => facts.kernelFileSystems.includes(name));
  return [
    lvm(facts),
    plain(
      'REFLINK',
      reflinks.length > 0,
      reflinks.length > 0
        ? `For volumes in image files on ${reflinks.join(' or ')}. It is part of the kernel: nothing has to be installed.`
        : 'This kernel has neither XFS nor btrfs at the moment, whose files can be cloned.',
    ),
    plain(
      'BTRFS',
      facts.kernelFileSystems.includes('btrfs'),
      facts.kernelFileSystems.includes('btrfs')
        ? 'A btrfs is frozen while its image is taken. It is part of the kernel: nothing has to be installed.'
        : 'This kernel has no btrfs at the moment.',
    ),
    plain(
      'FREEZE',
      true,
      'Any mounted file system is frozen while its image is taken; programs that write to it wait. It is part of the kernel.',
    ),
    plain('VSS', false, 'Only on Windows.'),
    plain('JFS2', false, 'Only on AIX.'),
  ];
}
