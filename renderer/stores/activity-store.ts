/** Every run that is on record, the choice among them, and what is known of the selected one. */
import { createStore } from 'zustand/vanilla';
import type { ActivityWeek, LogLine, RunDetails, RunSummary, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';
import { EVERYTHING, engineFilter, type RunChoice } from './run-choice.ts';

export const WEEK_COUNTS = [12, 26, 52] as const;
export type WeekCount = (typeof WEEK_COUNTS)[number];

export interface ErrorLog {
  path: string;
  /** Oldest first. */
  lines: LogLine[];
}

/** A file to be saved. */
export interface ExportedFile {
  fileName: string;
  mediaType: string;
  text: string;
}

export interface ActivityState {
  /** All of them, newest first. */
  runs: Loadable<RunSummary[]>;
  /** The older ones are on their way. */
  loadingOlder: boolean;
  choice: RunChoice;
  selectedId: string | null;
  /** By run id. */
  details: Record<string, Loadable<RunDetails | null>>;
  /** The run that is being started again. */
  repeating: string | null;
  /** Why it could not be started again, by run id. */
  repeatFailures: Record<string, WireError>;
  weekCount: WeekCount;
  weeks: Loadable<ActivityWeek[]>;
  errorLog: Loadable<ErrorLog | null>;
  /** `loading` while a file is made; `failed` with the reason. */
  exporting: Loadable<null>;
  /** Fetches all of them again. */
  refresh(): Promise<void>;
  /** Fetches what is new and what has changed; nothing before the first `refresh`. */
  refreshNewest(): Promise<void>;
  choose(part: Partial<RunChoice>): void;
  chooseAll(): void;
  select(id: string | null): void;
  /** Fetches the details, again where the run may have gone on since. */
  loadDetails(id: string): Promise<void>;
  repeat(id: string): Promise<void>;
  loadWeeks(count: WeekCount): Promise<void>;
  loadErrorLog(): Promise<void>;
  /** The chosen runs as a file; `null` where it failed. */
  exportRuns(format: 'json' | 'csv'): Promise<ExportedFile | null>;
}

const FIRST_PAGE = 200;
const PAGE = 2000;
/** More than an engine keeps. */
const MOST_RUNS = 12_000;
const LOG_LINES = 2000;

const newestFirst = (a: RunSummary, b: RunSummary): number =>
  Date.parse(b.startedAt) - Date.parse(a.startedAt) || (a.id < b.id ? 1 : -1);

/** Nothing more will come of it. */
export function hasEnded(run: Pick<RunSummary, 'finishedAt'>): boolean {
  return run.finishedAt !== undefined;
}

function merged(known: readonly RunSummary[], fresh: readonly RunSummary[]): RunSummary[] {
  const byId = new Map([...known, ...fresh].map((run) => [run.id, run]));
  return [...byId.values()].sort(newestFirst);
}

export function createActivityStore(client: EngineClient) {
  return createStore<ActivityState>()((set, get) => {
    /** Counts the fetches of everything: an older one stops when a newer one has begun. */
    let generation = 0;

    async function loadOlder(own: number, total: number): Promise<void> {
      set({ loadingOlder: true });
      try {
        for (;;) {
          const known = get().runs.value;
          const last = known.at(-1);
          if (own !== generation || !last || known.length >= Math.min(total, MOST_RUNS)) return;
          const { runs } = await client.activity.list({ filter: {}, beforeId: last.id, limit: PAGE });
          if (own !== generation || runs.length === 0) return;
          set((state) => ({ runs: { ...state.runs, value: merged(state.runs.value, runs) } }));
        }
      } catch {
        // What is there stays; the next refresh begins again.
      } finally {
        if (own === generation) set({ loadingOlder: false });
      }
    }

    /** Details of a run that has gone on are fetched again. */
    function followSelected(before: readonly RunSummary[]): void {
      const { selectedId, runs } = get();
      const now = runs.value.find(({ id }) => id === selectedId);
      const then = before.find(({ id }) => id === selectedId);
      if (now && (!hasEnded(now) || now.state !== then?.state)) void get().loadDetails(now.id);
    }

    return {
      runs: idle<RunSummary[]>([]),
      loadingOlder: false,
      choice: EVERYTHING,
      selectedId: null,
      details: {},
      repeating: null,
      repeatFailures: {},
      weekCount: 12,
      weeks: idle<ActivityWeek[]>([]),
      errorLog: idle<ErrorLog | null>(null),
      exporting: idle(null),
      async refresh() {
        generation += 1;
        const own = generation;
        const before = get().runs.value;
        let total = 0;
        await load(
          get().runs,
          (runs) => {
            if (own === generation) set({ runs });
          },
          async () => {
            const page = await client.activity.list({ filter: {}, limit: FIRST_PAGE });
            total = page.total;
            return page.runs;
          },
        );
        if (own !== generation || get().runs.phase !== 'ready') return;
        followSelected(before);
        await loadOlder(own, total);
      },
      async refreshNewest() {
        const { phase } = get().runs;
        if (phase === 'idle' || phase === 'loading' || get().loadingOlder) return;
        const own = generation;
        try {
          const page = await client.activity.list({ filter: {}, limit: FIRST_PAGE });
          if (own !== generation) return;
          const known = get().runs.value;
          const next = merged(known, page.runs);
          // Runs that are gone, or more new ones than a page holds.
          if (next.length !== page.total && next.length < MOST_RUNS) {
            await get().refresh();
            return;
          }
          set({ runs: { phase: 'ready', value: next, error: null } });
          followSelected(known);
        } catch (thrown) {
          if (own === generation)
            set((state) => ({ runs: { ...state.runs, phase: 'failed', error: toWireError(thrown) } }));
        }
        if (get().weeks.phase !== 'idle') void get().loadWeeks(get().weekCount);
      },
      choose: (part) => set((state) => ({ choice: { ...state.choice, ...part } })),
      chooseAll: () => set({ choice: EVERYTHING }),
      select: (selectedId) => set({ selectedId }),
      async loadDetails(id) {
        const report = (next: Loadable<RunDetails | null>): void =>
          set((state) => ({ details: { ...state.details, [id]: next } }));
        const before = get().details[id];
        if (before?.phase === 'loading') return;
        if (before?.phase === 'ready' && before.value && hasEnded(before.value.run)) return;
        await load(before ?? idle<RunDetails | null>(null), report, () => client.activity.details({ id }));
      },
      async repeat(id) {
        if (get().repeating !== null) return;
        const { [id]: _, ...others } = get().repeatFailures;
        set({ repeating: id, repeatFailures: others });
        try {
          await client.activity.repeat({ id });
        } catch (thrown) {
          set((state) => ({ repeatFailures: { ...state.repeatFailures, [id]: toWireError(thrown) } }));
        } finally {
          set({ repeating: null });
        }
      },
      async loadWeeks(count) {
        set({ weekCount: count });
        await load(
          get().weeks,
          (weeks) => {
            if (get().weekCount === count) set({ weeks });
          },
          async () => (await client.activity.weeks({ count })).weeks,
        );
      },
      loadErrorLog: () =>
        load<ErrorLog | null>(
          get().errorLog,
          (errorLog) => set({ errorLog }),
          () => client.activity.errorLog({ limit: LOG_LINES }),
        ),
      async exportRuns(format) {
        const filter = engineFilter(get().choice, Date.now());
        let file: ExportedFile | null = null;
        await load<null>(
          idle(null),
          (exporting) => set({ exporting }),
          async () => {
            file = await client.activity.export({ filter, format });
            return null;
          },
        );
        return file;
      },
    };
  });
}
