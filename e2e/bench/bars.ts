/** What is promised, as ratios within one run of the benchmark, because seconds differ between machines. */
import type { Work } from './contestants.ts';
import type { Measurement } from './measure.ts';

/** Medians by kind of work and contestant. */
export type Results = Partial<Record<Work, Record<string, Measurement>>>;

/** A bar and where we stand. */
export interface Verdict {
  what: string;
  /** Undefined where one side was not measured. */
  value: number | undefined;
  must: number;
  goal: number;
  /** Shows `value`, `must` and `goal`. */
  unit: 'ratio' | 'percent' | 'MiB' | 'KiB' | 's' | 'count';
}

const MIB = 1024 * 1024;
const US = 'stillframe';
const PARTCLONE = 'partclone | zstd -3';
const BEST = 'partclone at its best';
const RESTIC = 'restic --stdin';

/** Our whole time to durability against the peer's command alone, without the sync that would make it durable. */
const time = (side: 'ours' | 'theirs') => (one: Measurement) =>
  side === 'ours' ? one.wallSeconds + one.syncSeconds : one.wallSeconds;

export function verdicts(results: Results, usedBytes: number): Verdict[] {
  const timeRatio = (work: Work, peer: string, peerWork: Work = work): number | undefined =>
    ratio(pick(results, work, US, time('ours')), pick(results, peerWork, peer, time('theirs')));
  const added = (work: Work, peer: string): number | undefined => pick(results, work, peer, (one) => one.addedBytes);
  const peak = Math.max(...Object.values(results).map((row) => row[US]?.peakBytes ?? 0)) / MIB;
  const unchanged = added('unchanged', US);
  const bar = (what: string, value: number | undefined, must: number, goal: number): Verdict => ({
    what,
    value,
    must,
    goal,
    unit: 'ratio',
  });
  return [
    bar(`full backup, time : ${PARTCLONE}`, timeRatio('full', PARTCLONE), 0.45, 0.33),
    bar(`full backup, time : ${BEST}`, timeRatio('full', BEST), 0.8, 0.6),
    bar(`full backup, time : ${RESTIC}`, timeRatio('full', RESTIC), 0.35, 0.25),
    bar(`unchanged, time : ${RESTIC}`, timeRatio('unchanged', RESTIC), 0.4, 0.28),
    {
      what: 'unchanged, bytes added : used bytes',
      value: unchanged === undefined ? undefined : (100 * unchanged) / usedBytes,
      must: 0.2,
      goal: 0.1,
      unit: 'percent',
    },
    bar(`1 % changed, time : ${RESTIC}`, timeRatio('changed', RESTIC), 0.4, 0.28),
    bar(`1 % changed, bytes added : ${RESTIC}`, ratio(added('changed', US), added('changed', RESTIC)), 0.8, 0.5),
    bar(`restore, time : zstd -d | partclone.restore`, timeRatio('restore', PARTCLONE), 0.6, 0.3),
    bar(`stored : ${RESTIC}`, ratio(added('full', US), added('full', RESTIC)), 0.8, 0.75),
    bar('stored : partclone | restic', ratio(added('full', US), added('full', 'partclone | restic')), 1.05, 1),
    { what: 'peak memory of any run', value: peak > 0 ? peak : undefined, must: 400, goal: 250, unit: 'MiB' },
  ];
}

function pick(results: Results, work: Work, who: string, of: (one: Measurement) => number): number | undefined {
  const one = results[work]?.[who];
  return one === undefined ? undefined : of(one);
}

function ratio(ours: number | undefined, theirs: number | undefined): number | undefined {
  return ours === undefined || theirs === undefined || theirs === 0 ? undefined : ours / theirs;
}
