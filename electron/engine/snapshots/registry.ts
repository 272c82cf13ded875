/** Every snapshot provider by its option value, one row each. */
import type { SnapshotProvider } from '#contract';
import { btrfs } from './btrfs.ts';
import { freezeForTheRun } from './freeze.ts';
import { linuxLvm } from './linux-lvm.ts';
import { none } from './none.ts';
import type { Provider } from './provider.ts';
import { reflink } from './reflink.ts';

/** A provider's name, where it exists in the world, and ours if we have it. */
export interface ProviderRow {
  name: SnapshotProvider;
  platforms: readonly NodeJS.Platform[];
  /** For people: the systems that have it. */
  home: string;
  provider?: Provider;
}

export const PROVIDERS: readonly ProviderRow[] = [
  { name: 'NONE', platforms: none.capabilities.platforms, home: 'every system', provider: none },
  { name: 'LINUX_LVM', platforms: ['linux'], home: 'Linux', provider: linuxLvm },
  { name: 'REFLINK', platforms: ['linux'], home: 'Linux', provider: reflink },
  { name: 'BTRFS', platforms: ['linux'], home: 'Linux', provider: btrfs },
  { name: 'FREEZE', platforms: ['linux'], home: 'Linux', provider: freezeForTheRun },
  { name: 'VSS', platforms: ['win32'], home: 'Windows' },
  { name: 'JFS2', platforms: ['aix'], home: 'AIX' },
];

/** The row of an option value, in any case; `undefined`: no such provider. */
export function providerRow(value: string): ProviderRow | undefined {
  return PROVIDERS.find((row) => row.name === value.trim().toUpperCase());
}
