/** A policy while it is edited: what may be done with its classes, what changed, and how two edits come together. */
import type { BackupCopyGroup, ManagementClass, PolicySet } from '#contract';

/** What a new class starts with: the standard copy group. */
export const STANDARD_GROUP: BackupCopyGroup = {
  verExists: 2,
  verDeleted: 1,
  retExtra: 30,
  retOnly: 60,
  mode: 'modified',
  serialization: 'shrstatic',
  changingRetries: 4,
};

export const GROUP_FIELDS = [
  'verExists',
  'verDeleted',
  'retExtra',
  'retOnly',
  'mode',
  'serialization',
  'changingRetries',
] as const satisfies readonly (keyof BackupCopyGroup)[];
export type GroupField = (typeof GROUP_FIELDS)[number];

/** One thing that differs between two policies. */
export type PolicyChange =
  | { kind: 'added' | 'removed' | 'groupAdded' | 'groupRemoved' | 'description'; name: string }
  | {
      kind: 'field';
      name: string;
      field: GroupField;
      before: BackupCopyGroup[GroupField];
      after: BackupCopyGroup[GroupField];
    }
  | { kind: 'default'; before: string; after: string }
  | { kind: 'grace'; before: PolicySet['graceRetention']; after: PolicySet['graceRetention'] };

/** Class names are the same whatever their case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The class of that name; undefined where the policy has none. */
export function classNamed(set: PolicySet, name: string): ManagementClass | undefined {
  return set.classes.find((each) => isSameName(each.name, name));
}

/** Adds the class, or puts it in place of the one called `before`. */
export function withClass(set: PolicySet, added: ManagementClass, before: string = added.name): PolicySet {
  const isThere = classNamed(set, before) !== undefined;
  return {
    ...set,
    classes: isThere
      ? set.classes.map((each) => (isSameName(each.name, before) ? added : each))
      : [...set.classes, added],
    defaultClass: isSameName(set.defaultClass, before) ? added.name : set.defaultClass,
  };
}

/** Without the class; the default class stays. */
export function withoutClass(set: PolicySet, name: string): PolicySet {
  if (isSameName(set.defaultClass, name)) return set;
  return { ...set, classes: set.classes.filter((each) => !isSameName(each.name, name)) };
}

/** A name for a copy that no class has yet, within the length that names may have. */
export function copyName(set: PolicySet, name: string): string {
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const candidate = `${name.slice(0, 30 - suffix.length)}${suffix}`;
    if (!classNamed(set, candidate)) return candidate;
  }
}

function changesOfClass(before: ManagementClass, after: ManagementClass): PolicyChange[] {
  const { name } = after;
  const changes: PolicyChange[] = before.description === after.description ? [] : [{ kind: 'description', name }];
  const [old, next] = [before.backup, after.backup];
  if (!old && next) changes.push({ kind: 'groupAdded', name });
  if (old && !next) changes.push({ kind: 'groupRemoved', name });
  if (old && next) {
    for (const field of GROUP_FIELDS) {
      if (old[field] !== next[field]) {
        changes.push({ kind: 'field', name, field, before: old[field], after: next[field] });
      }
    }
  }
  return changes;
}

/** What changed, classes in their order. */
export function policyChanges(before: PolicySet, after: PolicySet): PolicyChange[] {
  const ofClasses = after.classes.flatMap((each): PolicyChange[] => {
    const old = classNamed(before, each.name);
    return old ? changesOfClass(old, each) : [{ kind: 'added', name: each.name }];
  });
  const removed = before.classes
    .filter(({ name }) => !classNamed(after, name))
    .map(({ name }): PolicyChange => ({ kind: 'removed', name }));
  return [
    ...ofClasses,
    ...removed,
    ...(isSameName(before.defaultClass, after.defaultClass)
      ? []
      : [{ kind: 'default' as const, before: before.defaultClass, after: after.defaultClass }]),
    ...(before.graceRetention === after.graceRetention
      ? []
      : [{ kind: 'grace' as const, before: before.graceRetention, after: after.graceRetention }]),
  ];
}

function isEqual(one: ManagementClass | undefined, other: ManagementClass | undefined): boolean {
  if (!one || !other) return one === other;
  return changesOfClass(one, other).length === 0;
}

/** Of a class that three policies may have: what I did with it, or else what they did. */
function mergedClass(base: PolicySet, mine: PolicySet, theirs: PolicySet, name: string): ManagementClass | undefined {
  const own = classNamed(mine, name);
  return isEqual(classNamed(base, name), own) ? classNamed(theirs, name) : own;
}

/**
 * My changes on top of theirs, both made from `base`. `both`: names of classes that both changed; there mine is taken.
 * A default class that is gone then falls back to theirs.
 */
export function mergePolicies(base: PolicySet, mine: PolicySet, theirs: PolicySet): { set: PolicySet; both: string[] } {
  const more = mine.classes.filter(({ name }) => !classNamed(theirs, name));
  const names = [...theirs.classes, ...more].map(({ name }) => name);
  const classes = names.map((name) => mergedClass(base, mine, theirs, name)).filter((each) => each !== undefined);
  const both = [...new Set([...names, ...base.classes.map(({ name }) => name)])].filter((name) => {
    const old = classNamed(base, name);
    return !isEqual(old, classNamed(mine, name)) && !isEqual(old, classNamed(theirs, name));
  });
  const wanted = isSameName(base.defaultClass, mine.defaultClass) ? theirs.defaultClass : mine.defaultClass;
  const present = (name: string) => classes.some((each) => isSameName(each.name, name));
  const theirDefault = classNamed(theirs, theirs.defaultClass);
  if (!present(wanted) && !present(theirs.defaultClass) && theirDefault) classes.push(theirDefault);
  return {
    set: {
      classes,
      defaultClass: present(wanted) ? wanted : theirs.defaultClass,
      graceRetention: base.graceRetention === mine.graceRetention ? theirs.graceRetention : mine.graceRetention,
    },
    both,
  };
}
