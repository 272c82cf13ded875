/** `LINUX_LVM`: snapshots of logical volumes, ordinary (thick) and thin ones. */
import { conditionOf, extendSnapshot } from './lvm/condition.ts';
import { createSnapshot } from './lvm/create.ts';
import { planSnapshot, readinessOf } from './lvm/plan.ts';
import { releaseSnapshot } from './lvm/remove.ts';
import { ours } from './lvm/snapshot.ts';
import { sweepSnapshots } from './lvm/sweep.ts';
import { lvmTracking } from './lvm/tracking.ts';
import type { Provider } from './provider.ts';

export const linuxLvm: Provider = {
  name: 'LINUX_LVM',
  capabilities: { platforms: ['linux'], snapshots: true, bounded: true, blocksWriters: false },
  readiness: async (volume, cache, signal) => readinessOf(await planSnapshot(volume, cache, signal)),
  create: createSnapshot,
  status: (snapshot) => conditionOf(ours(snapshot)),
  extend: (snapshot, bytes) => extendSnapshot(ours(snapshot), bytes),
  release: (snapshot) => releaseSnapshot(ours(snapshot)),
  sweep: sweepSnapshots,
  tracking: lvmTracking,
};
