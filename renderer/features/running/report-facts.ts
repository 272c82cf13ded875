/** The counters of a report in the field's words: one source for what is drawn and what is copied as text. */
import type { BackupResult, PruneResult, RestoreResult, TaskSnapshot } from '#contract';
import type { Stat } from '../../components/StatGrid.tsx';
import { countOf, formatDuration, formatPercent, formatRate } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';

export interface ReportFact {
  name: string;
  value: string;
  hint?: string;
}

/** An image backup is about one object: the volume. */
export function objectFacts({ state }: Pick<TaskSnapshot, 'state'>): ReportFact[] {
  const count = (yes: boolean): string => (yes ? '1' : '0');
  return [
    { name: t('running:counter.objectsInspected'), value: '1' },
    { name: t('running:counter.objectsBackedUp'), value: count(state === 'succeeded') },
    { name: t('running:counter.objectsFailed'), value: count(state === 'failed') },
  ];
}

/** Every byte of the volume, by what the run did with it. */
export function backupStats({ counters }: Pick<BackupResult, 'counters'>): Stat[] {
  const { unchangedBytes } = counters;
  return [
    {
      name: t('running:counter.inspected'),
      bytes: counters.scannedBytes,
      hint: t('running:counter.inspectedHint'),
    },
    {
      name: t('running:counter.read'),
      bytes: counters.readBytes,
      colour: 'var(--sf-used)',
      hint: t('running:counter.readHint'),
    },
    {
      name: t('running:counter.stored'),
      bytes: counters.storedBytes,
      colour: 'var(--sf-stored)',
      hint: t('running:counter.storedHint'),
    },
    {
      name: t('running:counter.deduplicated'),
      bytes: counters.deduplicatedBytes,
      colour: 'var(--sf-deduplicated)',
      hint: t('running:counter.deduplicatedHint'),
    },
    {
      name: t('running:counter.zero'),
      bytes: counters.zeroBytes,
      colour: 'var(--sf-zero)',
      hint: t('running:counter.zeroHint'),
    },
    {
      name: t('running:counter.free'),
      bytes: counters.freeBytes,
      colour: 'var(--sf-free)',
      hint: t('running:counter.freeHint'),
    },
    ...(unchangedBytes
      ? [
          {
            name: t('running:counter.unchanged'),
            bytes: unchangedBytes,
            hint: t('running:counter.unchangedHint'),
          },
        ]
      : []),
    {
      name: t('running:counter.unreadable'),
      bytes: counters.unreadableBytes,
      colour: 'var(--sf-unreadable)',
      hint: t('running:counter.unreadableHint'),
    },
  ];
}

function rate(bytes: number, seconds: number | undefined): string {
  return seconds ? formatRate(bytes / seconds) : t('running:counter.none');
}

/** How long it took and how fast it was. What was not measured is a dash. */
export function backupTimes({ counters, transferSeconds, elapsedSeconds }: BackupResult): ReportFact[] {
  const { readBytes, storedBytes, changedBytes } = counters;
  const saved = Math.max(0, changedBytes - storedBytes);
  return [
    {
      name: t('running:counter.compressedBy'),
      value: changedBytes > 0 ? formatPercent(saved, changedBytes) : t('running:counter.none'),
      hint: t('running:counter.compressedByHint'),
    },
    {
      name: t('running:counter.transferTime'),
      value: transferSeconds === undefined ? t('running:counter.none') : formatDuration(transferSeconds),
      hint: t('running:counter.transferTimeHint'),
    },
    { name: t('running:counter.readRate'), value: rate(readBytes, transferSeconds) },
    { name: t('running:counter.storeRate'), value: rate(storedBytes, transferSeconds) },
    {
      name: t('running:counter.aggregateRate'),
      value: rate(readBytes, elapsedSeconds),
      hint: t('running:counter.aggregateRateHint'),
    },
    { name: t('running:counter.elapsed'), value: formatDuration(elapsedSeconds) },
  ];
}

export function restoreStats(result: RestoreResult): Stat[] {
  return [
    { name: t('running:counter.written'), bytes: result.writtenBytes, colour: 'var(--sf-stored)' },
    { name: t('running:counter.leftAsItWas'), bytes: result.skippedBytes, colour: 'var(--sf-free)' },
    { name: t('running:counter.zeroed'), bytes: result.zeroedBytes, colour: 'var(--sf-zero)' },
    { name: t('running:counter.discarded'), bytes: result.discardedBytes, colour: 'var(--sf-free)' },
    { name: t('running:counter.readBack'), bytes: result.verifiedBytes, colour: 'var(--sf-deduplicated)' },
  ];
}

/** What pruning did with the bytes of the repository. */
export function pruneStats(result: PruneResult): Stat[] {
  return [
    { name: t('running:prune.freedName'), bytes: result.freedBytes, colour: 'var(--sf-free)' },
    {
      name: t('running:prune.repacked'),
      bytes: result.repackedBytes,
      colour: 'var(--sf-stored)',
      hint: t('running:prune.repackedHint'),
    },
    { name: t('running:prune.unused'), bytes: result.remainingUnusedBytes, hint: t('running:prune.unusedHint') },
    { name: t('running:prune.total'), bytes: result.totalBytes, colour: 'var(--sf-used)' },
  ];
}

export function pruneFacts({ removedPacks, repackedPacks, elapsedSeconds }: PruneResult): ReportFact[] {
  return [
    { name: t('running:prune.removedPacks'), value: countOf(removedPacks, 'pack') },
    { name: t('running:prune.repackedPacks'), value: countOf(repackedPacks, 'pack') },
    { name: t('running:counter.elapsed'), value: formatDuration(elapsedSeconds) },
  ];
}

export function restoreTimes({ writtenBytes, writeSeconds, elapsedSeconds }: RestoreResult): ReportFact[] {
  return [
    { name: t('running:counter.writeRate'), value: rate(writtenBytes, writeSeconds) },
    { name: t('running:counter.elapsed'), value: formatDuration(elapsedSeconds) },
  ];
}
