/** Rules as a list that is edited: their place in the evaluation, and what moving and removing make of it. */
import type { DraftRule } from '../../../stores/preference-draft.ts';

/** The list is read from the bottom up: its last entry is number 1. */
export function evaluationNumber(index: number, count: number): number {
  return count - index;
}

/** One place up (-1) or down (1); the same list at its ends. */
export function moved(rules: readonly DraftRule[], key: string, by: 1 | -1): DraftRule[] {
  const from = rules.findIndex((rule) => rule.key === key);
  const to = from + by;
  const result = [...rules];
  const rule = result[from];
  if (rule === undefined || to < 0 || to >= result.length) return result;
  result.splice(from, 1);
  result.splice(to, 0, rule);
  return result;
}

/** A new rule at the end, which is looked at first; a known one in its place. */
export function withRule(rules: readonly DraftRule[], rule: DraftRule): DraftRule[] {
  return rules.some(({ key }) => key === rule.key)
    ? rules.map((each) => (each.key === rule.key ? rule : each))
    : [...rules, rule];
}

export function without(rules: readonly DraftRule[], key: string): DraftRule[] {
  return rules.filter((rule) => rule.key !== key);
}

/** A removed rule back at its place. */
export function putBack(rules: readonly DraftRule[], rule: DraftRule, index: number): DraftRule[] {
  return [...rules.slice(0, index), rule, ...rules.slice(index)];
}

/** What takes the focus when the rule with `key` goes: the one that comes into its place, else the one above. */
export function neighbourOf(rules: readonly DraftRule[], key: string): string | undefined {
  const index = rules.findIndex((rule) => rule.key === key);
  return (rules[index + 1] ?? rules[index - 1])?.key;
}
