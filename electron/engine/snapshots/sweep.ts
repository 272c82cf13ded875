/** Finds what dead runs left behind (snapshots, clones, freezes) and removes it: at a start, and when asked to. */
import { z } from 'zod';
import { snapshotProviderSchema } from '#contract';
import type { Ports } from '../ports.ts';
import { fateOf } from '../volumes/process-identity.ts';
import type { Repairer } from '../volumes/run-journal.ts';
import type { Provider, SnapshotChange, SweepReport } from './provider.ts';
import { PROVIDERS } from './registry.ts';
import { TrackingStore } from './tracking-store.ts';

const changeSchema = z.looseObject({
  kind: z.literal('snapshot'),
  provider: snapshotProviderSchema,
  volume: z.string(),
  name: z.string(),
});

type SweepPorts = Pick<Ports, 'directories' | 'random'>;

async function sweepOne(provider: Provider, changes: SnapshotChange[], ports: SweepPorts): Promise<SweepReport> {
  const store = new TrackingStore(ports);
  const kept = new Set((await store.list()).map((record) => record.kept.name));
  return provider.sweep({
    isAlive: async (owner) => (await fateOf(owner)) === 'alive',
    changes,
    keeper: await store.keeper(),
    isKept: (name) => kept.has(name),
  });
}

/** Nobody but the administrator may decide to run a command again, so an application that is paused still is told of. */
const applicationRepairer: Repairer = {
  kind: 'application',
  async repair({ volume, postCommand }) {
    const resume = typeof postCommand === 'string' && postCommand.trim() !== '' ? ` To resume it: ${postCommand}` : '';
    const text = `A stopped run had run presnapshotcmd for ${String(volume)}; the application may still be paused.${resume}`;
    return { settled: true, text };
  },
};

/** What this layer knows how to put back. */
export function repairersOf(ports: SweepPorts): Repairer[] {
  return [snapshotRepairer(ports), applicationRepairer];
}

/** Lets the provider that a dead run had used look for what is left of it. */
function snapshotRepairer(ports: SweepPorts): Repairer {
  return {
    kind: 'snapshot',
    async repair(change) {
      const parsed = changeSchema.safeParse(change);
      const provider = parsed.success
        ? PROVIDERS.find((row) => row.name === parsed.data.provider)?.provider
        : undefined;
      if (!parsed.success || provider === undefined) {
        return { settled: false, text: 'A stopped run left a note about a snapshot that this version cannot read.' };
      }
      const { removed, left } = await sweepOne(provider, [parsed.data as SnapshotChange], ports);
      const texts = [...removed, ...left];
      return { settled: left.length === 0, ...(texts.length > 0 ? { text: texts.join(' ') } : {}) };
    },
  };
}

/** Asks every provider of this platform, whether or not a record says so. English sentences on what was done. */
export async function sweepSnapshots(ports: SweepPorts): Promise<SweepReport> {
  const report: SweepReport = { removed: [], left: [] };
  for (const { provider } of PROVIDERS) {
    if (!provider?.capabilities.platforms.includes(process.platform)) continue;
    const { removed, left } = await sweepOne(provider, [], ports);
    report.removed.push(...removed);
    report.left.push(...left);
  }
  return report;
}
