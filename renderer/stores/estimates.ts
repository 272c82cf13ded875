/** The estimates of the backup that is being put together: one plan a volume, asked again when the choice changes. */
import type { BackupPlan, BackupRequest } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { idle, type Loadable, load } from './loadable.ts';

/** By volume name. */
export type Estimates = Record<string, Loadable<BackupPlan | null>>;

interface EstimatesAccess {
  get(): Estimates;
  set(change: (estimates: Estimates) => Estimates): void;
  requestFor(volume: string): BackupRequest;
}

/** Plans read the volumes' metadata: more at once would only make each of them slower. */
const AT_ONCE = 4;

/** Keeps `estimates` what the present choice makes of them. */
export function createEstimator(client: EngineClient, { get, set, requestFor }: EstimatesAccess) {
  /** The newest question about a volume: an older answer that arrives late is not believed. */
  const newest = new Map<string, object>();

  async function askOne(volume: string): Promise<void> {
    const question = {};
    newest.set(volume, question);
    await load<BackupPlan | null>(
      get()[volume] ?? idle(null),
      (next) => {
        if (newest.get(volume) === question) set((estimates) => ({ ...estimates, [volume]: next }));
      },
      () => client.backup.plan(requestFor(volume)),
    );
  }

  async function askEach(volumes: readonly string[]): Promise<void> {
    // All of them are on their way from now on, although most have to wait.
    set((estimates) => {
      const asked = volumes.map((volume) => {
        const loading: Estimates[string] = { phase: 'loading', value: estimates[volume]?.value ?? null, error: null };
        return [volume, loading] as const;
      });
      return { ...estimates, ...Object.fromEntries(asked) };
    });
    const round = {};
    for (const volume of volumes) newest.set(volume, round);
    const waiting = [...volumes];
    async function work(): Promise<void> {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        // Taken out, or asked about anew, while it waited.
        if (newest.get(next) === round) await askOne(next);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  return {
    /** Asks about all of `volumes` anew, and forgets the others. */
    async ask(volumes: readonly string[]): Promise<void> {
      this.keep(volumes);
      await askEach(volumes);
    },
    /** Asks about those of `volumes` that are not known, and forgets the others. */
    async complete(volumes: readonly string[]): Promise<void> {
      this.keep(volumes);
      await askEach(volumes.filter((volume) => get()[volume] === undefined));
    },
    /** Forgets all but `volumes`; answers about others that are still on their way are not waited for. */
    keep(volumes: readonly string[]): void {
      for (const name of newest.keys()) if (!volumes.includes(name)) newest.delete(name);
      set((estimates) => Object.fromEntries(Object.entries(estimates).filter(([name]) => volumes.includes(name))));
    },
  };
}
