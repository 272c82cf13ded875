import { expect, it } from 'vitest';
import type { DraftRule } from '../../../stores/preference-draft.ts';
import { evaluationNumber, moved, neighbourOf, putBack, without, withRule } from './rule-list.ts';

const rule = (key: string): DraftRule => ({
  key,
  kind: 'include.image',
  pattern: key,
  managementClass: '',
  options: {},
});
const RULES = ['a', 'b', 'c'].map(rule);
const keys = (rules: readonly DraftRule[]) => rules.map(({ key }) => key).join('');

it('numbers rules from the bottom up', () => {
  expect(RULES.map((_, index) => evaluationNumber(index, RULES.length))).toEqual([3, 2, 1]);
});

it('moves a rule by one place, and not beyond the ends', () => {
  expect(keys(moved(RULES, 'c', -1))).toBe('acb');
  expect(keys(moved(RULES, 'a', 1))).toBe('bac');
  expect(keys(moved(RULES, 'a', -1))).toBe('abc');
  expect(keys(moved(RULES, 'c', 1))).toBe('abc');
  expect(keys(moved(RULES, 'x', 1))).toBe('abc');
});

it('puts a removed rule back where it was', () => {
  const [, b] = RULES;
  expect(keys(without(RULES, 'b'))).toBe('ac');
  expect(b && keys(putBack(without(RULES, 'b'), b, 1))).toBe('abc');
});

it('adds a rule where it is looked at first, and changes one in its place', () => {
  expect(keys(withRule(RULES, rule('d')))).toBe('abcd');
  expect(withRule(RULES, { ...rule('b'), pattern: '/new' })[1]?.pattern).toBe('/new');
});

it('knows who takes the focus of a removed rule', () => {
  expect(neighbourOf(RULES, 'b')).toBe('c');
  expect(neighbourOf(RULES, 'c')).toBe('b');
  expect(neighbourOf([rule('a')], 'a')).toBeUndefined();
});
