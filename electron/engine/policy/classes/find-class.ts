/** Classes by name, and what a name means for an image that is bound to it. */
import type { BackupCopyGroup, ManagementClass, PolicySet } from '#contract';

/** Names of classes are compared without regard to case. */
export function sameClassName(a: string, b: string): boolean {
  return keyOfClass(a) === keyOfClass(b);
}

/** What two names of the same class have in common. */
export function keyOfClass(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function findClass(set: PolicySet, name: string): ManagementClass | undefined {
  return set.classes.find((candidate) => sameClassName(candidate.name, name));
}

/** What holds for images that are bound to a class of some name. */
export type ClassInForce =
  /** `missing`: there is no class of that name, so the default class counts. */
  | { kind: 'group'; name: string; group: BackupCopyGroup; missing: boolean }
  /** The class has no copy group. */
  | { kind: 'grace'; name: string };

/**
 * Of a class that is gone the default class's copy group counts. A default class that is gone or has no copy group,
 * which no saved policy has, means the grace retention: never that images go at once.
 */
export function classInForce(set: PolicySet, name: string): ClassInForce {
  const own = findClass(set, name);
  if (own?.backup) return { kind: 'group', name: own.name, group: own.backup, missing: false };
  if (own) return { kind: 'grace', name: own.name };
  const fallback = findClass(set, set.defaultClass);
  if (fallback?.backup) return { kind: 'group', name: fallback.name, group: fallback.backup, missing: true };
  return { kind: 'grace', name };
}
