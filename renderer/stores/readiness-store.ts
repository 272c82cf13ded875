/** What is in force for each volume that is looked at: which snapshot it could have, and what the rules make of it. */
import { createStore } from 'zustand/vanilla';
import type { RuleTest, SnapshotReadiness } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { idle, type Loadable, load } from './loadable.ts';

export interface ReadinessState {
  /** By volume name; what was learned stays until it is asked again. */
  byVolume: Record<string, Loadable<SnapshotReadiness | null>>;
  /** What the include and exclude rules make of a volume, by its name; only of those that were asked about. */
  rules: Record<string, RuleTest>;
  /** Asks about those of `names` that are not known yet, or could not be told. */
  ask(names: readonly string[]): Promise<void>;
  /** Asks about `names` anew and forgets the others: space and mounts may have changed. */
  askAgain(names: readonly string[]): Promise<void>;
  /** Tests `names` against the saved rules, one after the other; what cannot be told stays unknown. */
  testRules(names: readonly string[]): Promise<void>;
}

export function createReadinessStore(client: EngineClient) {
  return createStore<ReadinessState>()((set, get) => {
    /** The newest question about a volume: an older answer that arrives late is not believed. */
    const newest = new Map<string, object>();

    async function askOne(volume: string): Promise<void> {
      const question = {};
      newest.set(volume, question);
      await load<SnapshotReadiness | null>(
        get().byVolume[volume] ?? idle(null),
        (next) => {
          if (newest.get(volume) === question) set(({ byVolume }) => ({ byVolume: { ...byVolume, [volume]: next } }));
        },
        () => client.volumes.readiness({ volume }),
      );
    }

    return {
      byVolume: {},
      rules: {},
      async ask(names) {
        const unknown = names.filter((name) => {
          const known = get().byVolume[name];
          return known === undefined || known.phase === 'failed';
        });
        await Promise.all(unknown.map(askOne));
      },
      async askAgain(names) {
        for (const name of newest.keys()) if (!names.includes(name)) newest.delete(name);
        set(({ byVolume }) => ({
          byVolume: Object.fromEntries(Object.entries(byVolume).filter(([name]) => names.includes(name))),
        }));
        await Promise.all(names.map(askOne));
      },
      async testRules(names) {
        const told: Record<string, RuleTest> = {};
        for (const volume of names) {
          const test = await client.preferences.test({ volume }).catch(() => undefined);
          if (test) told[volume] = test;
        }
        set(({ rules }) => ({ rules: { ...rules, ...told } }));
      },
    };
  });
}
