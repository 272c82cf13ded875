/** What changed between two policies, in words. */
import type { BackupCopyGroup, ManagementClass, PolicySet } from '#contract';
import { findClass, sameClassName } from './find-class.ts';

/** Attributes of a copy group by the names that the field has for them, in the order in which they are shown. */
export const COPY_GROUP_ATTRIBUTES = {
  verExists: 'VEREXISTS',
  verDeleted: 'VERDELETED',
  retExtra: 'RETEXTRA',
  retOnly: 'RETONLY',
  mode: 'MODE',
  serialization: 'SERIALIZATION',
  changingRetries: 'CHANGINGRETRIES',
} as const satisfies Record<keyof BackupCopyGroup, string>;

const KEYS = Object.keys(COPY_GROUP_ATTRIBUTES) as (keyof BackupCopyGroup)[];

/** English sentences; empty where nothing changed. */
export function policyChanges(before: PolicySet, after: PolicySet): string[] {
  return [
    ...after.classes.flatMap((now) => classChanges(findClass(before, now.name), now)),
    ...before.classes
      .filter(({ name }) => findClass(after, name) === undefined)
      .map(({ name }) => `The class ${name} was removed.`),
    ...(sameClassName(before.defaultClass, after.defaultClass)
      ? []
      : [`The default class is ${after.defaultClass} instead of ${before.defaultClass}.`]),
    ...(before.graceRetention === after.graceRetention
      ? []
      : [`The grace retention is ${after.graceRetention} instead of ${before.graceRetention}.`]),
  ];
}

function classChanges(before: ManagementClass | undefined, now: ManagementClass): string[] {
  if (before === undefined) return [`The class ${now.name} was added.`];
  return [
    ...(before.name === now.name ? [] : [`The class ${before.name} is written ${now.name} now.`]),
    ...(before.description === now.description ? [] : [`The description of the class ${now.name} was changed.`]),
    ...groupChanges(before, now),
  ];
}

function groupChanges({ backup: before }: ManagementClass, { name, backup: now }: ManagementClass): string[] {
  if (before === undefined && now === undefined) return [];
  if (before === undefined) return [`The class ${name} has a backup copy group now.`];
  if (now === undefined) return [`The class ${name} has no backup copy group any more.`];
  return KEYS.filter((key) => before[key] !== now[key]).map(
    (key) => `${COPY_GROUP_ATTRIBUTES[key]} of the class ${name} is ${now[key]} instead of ${before[key]}.`,
  );
}
