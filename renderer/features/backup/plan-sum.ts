/** The plans of several volumes in one line. */
import type { BackupPlan } from '#contract';
import { formatByteRange, formatBytes, formatPart } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { plannedProvider } from '../../stores/snapshot-outlook.ts';

type Span = NonNullable<BackupPlan['durationSeconds']>;

const MINUTE = 60;
const HOUR = 3600;

/** `about 11–15 min`, `under 10 s`: not more exact than it is known. */
export function durationWords({ low, high }: Span): string {
  if (high < 10) return t('words:time.under', { amount: '10 s' });
  const [unit, seconds] = high < 90 ? ['s', 1] : high < 90 * MINUTE ? ['min', MINUTE] : ['h', HOUR];
  const [from, to] = [Math.floor(low / seconds), Math.max(1, Math.ceil(high / seconds))];
  return t('words:time.about', { amount: from < 1 || from === to ? `${to} ${unit}` : `${from}–${to} ${unit}` });
}

/** Volumes are backed up one after the other. Absent where one of them is not known. */
export function sumDuration(plans: readonly BackupPlan[]): Span | undefined {
  return plans.reduce<Span | undefined>(
    (sum, { durationSeconds }) =>
      sum && durationSeconds && { low: sum.low + durationSeconds.low, high: sum.high + durationSeconds.high },
    { low: 0, high: 0 },
  );
}

function sumNew(plans: readonly BackupPlan[]): Span {
  return plans.reduce((sum, { expectedNewBytes: { low, high } }) => ({ low: sum.low + low, high: sum.high + high }), {
    low: 0,
    high: 0,
  });
}

/** Free in the repository once all of them are stored. */
export function sumFreeAfter(plans: readonly BackupPlan[]): Span | undefined {
  const [first] = plans;
  if (first?.repositoryFreeBytes === undefined) return undefined;
  const { low, high } = sumNew(plans);
  const free = first.repositoryFreeBytes;
  return { low: Math.max(0, free - high), high: Math.max(0, free - low) };
}

/** Of one volume needed and present; of several what all need, for they may share what is present. */
function spaceWords(plans: readonly BackupPlan[]): string | undefined {
  const spaces = plans.flatMap((plan) => plannedProvider(plan)?.space ?? []);
  const [only] = spaces;
  if (!only) return undefined;
  if (spaces.length === 1) return formatPart(only.neededBytes, only.presentBytes);
  return formatBytes(spaces.reduce((sum, { neededBytes }) => sum + neededBytes, 0));
}

function freeWords({ low }: Span): string {
  return low === 0 ? t('backup:plan.sumFull') : t('backup:plan.sumFree', { bytes: formatBytes(low) });
}

/** `Reads 352 GiB · expects 9–14 GiB new · …`. `chosen`: how many volumes were asked about. */
export function sumLine(plans: readonly BackupPlan[], chosen: number): string {
  const runnable = plans.filter(({ obstacles }) => obstacles.length === 0);
  if (runnable.length === 0) return t('backup:plan.nothing');
  const { low, high } = sumNew(runnable);
  const space = spaceWords(runnable);
  const duration = sumDuration(runnable);
  const free = sumFreeAfter(runnable);
  const leftOut = chosen - runnable.length;
  return [
    t('backup:plan.sumReads', { bytes: formatBytes(runnable.reduce((sum, plan) => sum + plan.readBytes, 0)) }),
    t('backup:plan.sumNew', { range: formatByteRange(low, high) }),
    space === undefined ? '' : t('backup:plan.sumSpace', { part: space }),
    duration ? durationWords(duration) : '',
    free ? freeWords(free) : '',
    leftOut > 0 ? t('backup:plan.sumLeftOut', { count: leftOut }) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
