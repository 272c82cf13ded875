/** Which volume is backed up next when, by the schedules that something starts. */
import type { Schedule, Volume } from '#contract';
import { namesOf } from './options-in-force.ts';

/** A schedule of backups whose next start is known, into the repository that is open. */
export interface PlannedBackup {
  /** As they are named; empty: those of `domain`. */
  volumes: readonly string[];
  nextRun: string;
}

/** The backups among the schedules that will be started. `isOpen`: whether a schedule's repository is the one that is open. */
export function plannedBackups(
  schedules: readonly Schedule[],
  isOpen: (repository: string | undefined) => boolean,
): PlannedBackup[] {
  return schedules.flatMap(({ action, volumes, nextRun, repository }) =>
    action === 'backup' && nextRun !== undefined && isOpen(repository) ? [{ volumes, nextRun }] : [],
  );
}

/** The earliest next run of every volume that has one, by its name. `domain`: names in domain.image. */
export async function nextRunsOf(
  volumes: readonly Volume[],
  planned: readonly PlannedBackup[],
  domain: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const next = new Map<string, string>();
  if (planned.length === 0) return next;
  const named = planned.map(({ volumes, nextRun }) => ({ names: volumes.length > 0 ? volumes : domain, nextRun }));
  const patterns = [...new Set(named.flatMap(({ names }) => names))].map((pattern) => ({ pattern }));
  for (const volume of volumes) {
    const own = new Set(await namesOf(volume, patterns));
    const runs = named.filter(({ names }) => names.some((name) => own.has(name))).map(({ nextRun }) => nextRun);
    const [first] = runs.sort((a, b) => Date.parse(a) - Date.parse(b));
    if (first !== undefined) next.set(volume.name, first);
  }
  return next;
}
