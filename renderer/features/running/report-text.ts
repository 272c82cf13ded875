/** A report as plain text, for a ticket or a mail: the same as on the screen, with exact bytes. */
import {
  type BackupResult,
  type ExpireResult,
  messageIdOfError,
  type PruneResult,
  type TaskResult,
  type TaskSnapshot,
} from '#contract';
import type { Stat } from '../../components/StatGrid.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { countOf, exactBytes, formatBytes, formatDuration } from '../../i18n/quantities.ts';
import { auditText } from '../../i18n/reading.ts';
import { removalReason } from '../../i18n/retention.ts';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { CONSISTENCY_WORDS, IMAGE_TYPE_NAMES, PROVIDER_WORDS } from '../../i18n/words.ts';
import {
  backupStats,
  backupTimes,
  objectFacts,
  pruneFacts,
  pruneStats,
  type ReportFact,
  restoreStats,
  restoreTimes,
} from './report-facts.ts';
import { allWarnings, endSentence, leftBehind, taskName } from './task-words.ts';

type Row = readonly [name: string, value: string];

const ofStats = (stats: readonly Stat[]): Row[] =>
  stats.map(({ name, bytes }) => [name, `${formatBytes(bytes)} (${exactBytes(bytes)})`]);
const ofFacts = (facts: readonly ReportFact[]): Row[] => facts.map(({ name, value }) => [name, value]);

/** `Name:   value`, the values below each other. */
function table(rows: readonly Row[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length)) + 1;
  return rows.map(([name, value]) => `${`${name}:`.padEnd(width)}  ${value}`);
}

function list(title: string, entries: readonly string[]): string[] {
  return entries.length > 0 ? ['', `${title}:`, ...entries.map((entry) => `- ${entry}`)] : [];
}

/** `Snapshot image by LVM`, or the type alone where no provider had a part in it. */
export function imageWords({ imageType, provider }: Pick<ImageOf<'backup'>, 'imageType' | 'provider'>): string {
  const type = IMAGE_TYPE_NAMES[imageType];
  return provider === 'NONE' ? type : t('running:report.by', { type, provider: PROVIDER_WORDS[provider] });
}

type ImageOf<K extends TaskResult['kind']> = Extract<TaskResult, { kind: K; image: unknown }>['image'];

function resultRows(result: TaskResult): Row[] {
  switch (result.kind) {
    case 'backup':
      return [
        [t('running:report.image'), `${result.image.id} · ${imageWords(result.image)}`],
        [t('running:report.consistency'), CONSISTENCY_WORDS[result.image.consistency]],
        ...ofStats(backupStats(result)),
        ...ofFacts(backupTimes(result)),
      ];
    case 'restore':
      return [
        [t('running:report.image'), result.imageId],
        ...ofStats(restoreStats(result)),
        ...ofFacts(restoreTimes(result)),
      ];
    case 'check':
      return [[t('running:report.state'), checkSummary(result)]];
    case 'expire':
      return [
        [t('running:report.state'), expireSummary(result)],
        ...(result.reclaimed ? pruneRows(result.reclaimed) : []),
      ];
    case 'prune':
      return [[t('running:report.state'), pruneSummary(result)], ...pruneRows(result)];
  }
}

function pruneRows(result: PruneResult): Row[] {
  return [...ofStats(pruneStats(result)), ...ofFacts(pruneFacts(result))];
}

/** Which earlier images are bound to another class from now on. */
export function reboundWords({ images, from, to }: NonNullable<BackupResult['rebound']>): string {
  return t('running:rebound', { images: countOf(images, 'image'), from: from.join(', '), to });
}

/** How many images went and stayed. */
export function expireSummary({ removed, kept, elapsedSeconds }: ExpireResult): string {
  const counts = {
    removed: countOf(removed.length, 'image'),
    kept: countOf(kept, 'image'),
    time: formatDuration(elapsedSeconds),
  };
  return removed.length === 0 ? t('running:expire.nothing', counts) : t('running:expire.removed', counts);
}

/** What pruning freed. */
export function pruneSummary({ freedBytes, elapsedSeconds }: PruneResult): string {
  return freedBytes === 0
    ? t('running:prune.nothing')
    : t('running:prune.freed', { bytes: formatBytes(freedBytes), time: formatDuration(elapsedSeconds) });
}

/** One line an image that went. */
export function removedLines({ removed }: ExpireResult): string[] {
  return removed.map(
    (decision) =>
      `${decision.volume} · ${exactTime(decision.time)} · ${decision.imageId.slice(0, 8)} · ${removalReason(decision)}`,
  );
}

/** What a check looked at. */
export function checkSummary(result: Extract<TaskResult, { kind: 'check' }>): string {
  const counts = {
    snapshots: countOf(result.snapshots, 'snapshot'),
    packs: countOf(result.packs, 'pack'),
    blobs: countOf(result.blobs, 'blob'),
    time: formatDuration(result.elapsedSeconds),
  };
  return result.readData
    ? t('running:check.summaryRead', { ...counts, bytes: formatBytes(result.readBytes) })
    : t('running:check.summary', counts);
}

/** One line a finding. */
export function findingLines({ problems }: Extract<TaskResult, { kind: 'check' }>): string[] {
  return problems.map(
    ({ severity, kind, file, problem }) => `${severity} · ${kind} ${file}: ${translateSentence(problem)}`,
  );
}

/** The whole report of an ended task. */
export function reportText(task: TaskSnapshot): string {
  const { result, error, command, startedAt, finishedAt } = task;
  const readingLines =
    result?.kind === 'backup'
      ? [translateSentence(result.reading.why), auditText(result.reading)].filter((line) => line !== '')
      : [];
  const left = leftBehind(task).map(translateSentence);
  return [
    taskName(task),
    ...table([
      [t('running:report.state'), endSentence(task)],
      ...(startedAt ? [[t('running:report.started'), exactTime(startedAt)] as const] : []),
      ...(finishedAt ? [[t('running:report.ended'), exactTime(finishedAt)] as const] : []),
      ...(error
        ? [[t('running:report.error'), `${messageIdOfError(error.code)} ${error.code}: ${error.message}`] as const]
        : []),
      ...(command ? [[t('running:report.command'), command] as const] : []),
    ]),
    ...list(t('running:report.warnings'), allWarnings(task).map(translateSentence)),
    '',
    ...table([...(task.kind === 'backup' ? ofFacts(objectFacts(task)) : []), ...(result ? resultRows(result) : [])]),
    ...(readingLines.length > 0 ? ['', ...readingLines] : []),
    ...(result?.kind === 'backup' && result.rebound ? ['', reboundWords(result.rebound)] : []),
    ...(result?.kind === 'check'
      ? list(t('running:check.findings', { count: result.problems.length }), findingLines(result))
      : []),
    ...(result?.kind === 'expire' ? list(t('running:expire.list'), removedLines(result)) : []),
    ...(result?.kind === 'restore' ? list(t('running:report.next'), result.nextSteps.map(translateSentence)) : []),
    '',
    ...(left.length > 0
      ? [t('running:report.leftBehind'), ...left.map((entry) => `- ${entry}`)]
      : [`${t('running:report.leftBehind')} ${t('running:report.nothing')}`]),
  ].join('\n');
}
