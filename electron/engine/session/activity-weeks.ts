/** What happened in each of the last weeks. */
import type { ActivityWeek, RunSummary } from '#contract';

/** The Monday, 0:00 local time, of the week that is `weeksBefore` the one of `nowMs`. */
export function mondayOf(nowMs: number, weeksBefore = 0): Date {
  const now = new Date(nowMs);
  // By the calendar and not by hours: a day of a clock change has 23 or 25.
  const sinceMonday = (now.getDay() + 6) % 7;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - sinceMonday - 7 * weeksBefore);
}

function nameOf(monday: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(monday.getFullYear()).padStart(4, '0')}-${two(monday.getMonth() + 1)}-${two(monday.getDate())}`;
}

/** The last `count` weeks, oldest first, the one of now included, those without a run as well. */
export function weeksOf(runs: readonly RunSummary[], count: number, nowMs: number): ActivityWeek[] {
  const weeks = new Map<string, ActivityWeek>();
  for (let before = count - 1; before >= 0; before--) {
    const week = nameOf(mondayOf(nowMs, before));
    weeks.set(week, { week, storedBytes: 0, deduplicatedBytes: 0, readBytes: 0, backups: 0, failed: 0 });
  }
  for (const run of runs) {
    const week = weeks.get(nameOf(mondayOf(Date.parse(run.startedAt))));
    if (week === undefined) continue;
    if (run.state === 'failed') week.failed++;
    if (run.kind !== 'backup') continue;
    if (run.state === 'succeeded') week.backups++;
    // What a run stored before it failed is in the repository as well.
    week.storedBytes += run.storedBytes;
    week.deduplicatedBytes += run.deduplicatedBytes;
    week.readBytes += run.readBytes;
  }
  return [...weeks.values()];
}
