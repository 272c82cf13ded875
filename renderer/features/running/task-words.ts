/** A task in words: what it is called and how it ended. */
import type { MessageId, TaskSnapshot } from '#contract';
import { ERROR_TEXTS } from '../../i18n/errors.ts';
import { t } from '../../i18n/t.ts';

/** `Backup of /dev/sdb1`. */
export function taskName({ kind, subject }: Pick<TaskSnapshot, 'kind' | 'subject'>): string {
  return t(`running:name.${kind}`, { subject });
}

/** The task ended well but found something that the person has to read. */
export function hasWarnings(task: TaskSnapshot): boolean {
  const { result } = task;
  if (result?.kind === 'check') return result.problems.some((problem) => problem.severity === 'error');
  return task.warnings.length > 0 || (result?.warnings.length ?? 0) > 0;
}

/** Warnings of the task and of its result, each once. */
export function allWarnings({ warnings, result }: Pick<TaskSnapshot, 'warnings' | 'result'>): string[] {
  // What was said before the work began is not among those of its result.
  return [...new Set([...warnings, ...(result && result.kind !== 'check' ? result.warnings : [])])];
}

/** A warning, with the id of its message where it has one. */
export interface Warning {
  text: string;
  id?: MessageId;
}

/** Ids belong to the warnings of the same place. */
export function withIds(warnings: readonly string[], ids: readonly MessageId[] = []): Warning[] {
  return warnings.map((text, place) => {
    const id = ids[place];
    return id === undefined ? { text } : { text, id };
  });
}

/** Warnings of the task and of its result with their ids. */
export function taskWarnings(task: Pick<TaskSnapshot, 'warnings' | 'warningIds' | 'result'>): Warning[] {
  const known = new Map(withIds(task.warnings, task.warningIds).map((warning) => [warning.text, warning]));
  return allWarnings(task).map((text) => known.get(text) ?? { text });
}

/** How an ended task ended, one sentence; empty while it has not. */
export function endSentence(task: TaskSnapshot): string {
  switch (task.state) {
    case 'succeeded':
      return hasWarnings(task) ? t('running:end.warned') : t('running:end.succeeded');
    case 'failed':
      return task.error ? ERROR_TEXTS[task.error.code].title : t('running:end.failed');
    case 'cancelled':
      return t('running:end.cancelled');
    default:
      return '';
  }
}

/** What a failed or stopped run could not undo, as the engine says it. */
export function leftBehind({ error }: Pick<TaskSnapshot, 'error'>): string[] {
  const left = error?.details.leftBehind;
  return Array.isArray(left) ? left.filter((entry): entry is string => typeof entry === 'string') : [];
}
