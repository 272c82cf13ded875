/** What a policy set must fulfil besides its schema. */
import type { PolicySet } from '#contract';
import { findClass, keyOfClass } from './find-class.ts';

/** What is wrong with a set, English sentences; empty where nothing is. */
export function problemsOfPolicy(set: PolicySet): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of set.classes) {
    const key = keyOfClass(name);
    if (seen.has(key)) repeated.add(name);
    seen.add(key);
  }
  return [
    ...[...repeated].map((name) => `There are two classes of the name ${name}.`),
    ...set.classes
      .filter(({ description }) => hasLineBreak(description))
      .map(({ name }) => `The description of the class ${name} is not one line of text.`),
    ...defaultProblems(set),
  ];
}

function defaultProblems(set: PolicySet): string[] {
  const fallback = findClass(set, set.defaultClass);
  if (fallback === undefined) return [`The default class ${set.defaultClass} does not exist.`];
  return fallback.backup
    ? []
    : [`The default class ${fallback.name} has no backup copy group, so nothing can be bound to it.`];
}

function hasLineBreak(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}
