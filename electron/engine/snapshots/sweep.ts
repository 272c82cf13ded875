/** Finds what dead runs left behind (snapshots, clones, freezes) and removes it: at a start, and when asked to. */
import { z } from 'zod';
import { snapshotProviderSchema } from '#contract';
import type { Ports } from '../ports.ts';
import { fateOf } from '../volumes/process-identity.ts';
import type { Repairer } from '../volumes/run-journal.ts';
import { forgetTracking } from './change-tracking.ts';
import type { SnapshotChange, SweepOptions, SweepReport } from './provider.ts';
import { PROVIDERS, providerRow } from './registry.ts';
import { TrackingStore } from './tracking-store.ts';

const changeSchema = z.looseObject({
  kind: z.literal('snapshot'),
  provider: snapshotProviderSchema,
  volume: z.string(),
  name: z.string(),
});

type SweepPorts = Pick<Ports, 'directories' | 'random'>;

/** A kept snapshot that no run used for so long only costs space. */
const KEPT_AT_MOST_MS = 45 * 24 * 3600 * 1000;

/** What every provider needs to know of this state folder to judge what it finds. */
async function whatIsKept(ports: SweepPorts): Promise<Omit<SweepOptions, 'changes'>> {
  const store = new TrackingStore(ports);
  // A record that cannot be read may refer to anything.
  const kept = await store.list().then(
    (records) => new Set(records.map((record) => record.kept.name)),
    () => undefined,
  );
  return {
    isAlive: async (owner) => (await fateOf(owner)) === 'alive',
    places: await store.places(),
    keeper: (await store.presentKeeper()) ?? '',
    isKept: (name) => kept === undefined || kept.has(name),
  };
}

/** Gives up kept snapshots that are old, or that fill up what living volumes need. */
async function dropBurdens(ports: SweepPorts & Pick<Ports, 'clock' | 'logger'>): Promise<string[]> {
  const store = new TrackingStore(ports);
  const texts: string[] = [];
  for (const record of await store.list()) {
    const tracking = providerRow(record.kept.provider)?.provider?.tracking;
    const isOld = ports.clock.now() - record.keptAt > KEPT_AT_MOST_MS;
    const why = isOld ? 'no run has used it for 45 days' : await tracking?.burden(record.kept).catch(() => undefined);
    if (why === undefined || !(await forgetTracking(store, record, ports.logger))) continue;
    texts.push(`The snapshot kept for incremental images of ${record.volume} was removed, because ${why}.`);
  }
  return texts;
}

/** Nobody but the administrator may decide to run a command again, so an application that is paused still is told of. */
const applicationRepairer: Repairer = {
  kind: 'application',
  async repair({ volume }) {
    const remedy = 'Do what postsnapshotcmd does.';
    const text = `A stopped run had run presnapshotcmd for ${String(volume)}; the application may still be paused. ${remedy}`;
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
      const provider = parsed.success ? providerRow(parsed.data.provider)?.provider : undefined;
      if (!parsed.success || provider === undefined) {
        return { settled: false, text: 'A stopped run left a note about a snapshot that this version cannot read.' };
      }
      const changes = [parsed.data as SnapshotChange];
      const { removed, left } = await provider.sweep({ ...(await whatIsKept(ports)), changes });
      const texts = [...removed, ...left];
      return { settled: left.length === 0, ...(texts.length > 0 ? { text: texts.join(' ') } : {}) };
    },
  };
}

/** Asks every provider of this platform, whether or not a record says so. English sentences on what was done. */
export async function sweepSnapshots(ports: SweepPorts & Pick<Ports, 'clock' | 'logger'>): Promise<SweepReport> {
  const report: SweepReport = { removed: await dropBurdens(ports), left: [] };
  const known = await whatIsKept(ports);
  for (const { provider } of PROVIDERS) {
    if (!provider?.capabilities.platforms.includes(process.platform)) continue;
    const { removed, left } = await provider.sweep({ ...known, changes: [] });
    report.removed.push(...removed);
    report.left.push(...left);
  }
  return report;
}
