import { expect, it } from 'vitest';
import type { PolicySet } from '#contract';
import { classOfForm, formOf, formProblems, limitOf } from './class-form.ts';
import { STANDARD_GROUP } from './policy-draft.ts';

const standard = { name: 'STANDARD', description: 'usual', backup: STANDARD_GROUP };
const set: PolicySet = { classes: [standard], defaultClass: 'STANDARD', graceRetention: 30 };
const form = formOf(standard);

it('makes the class again that it shows', () => {
  const unlimited = { ...standard, backup: { ...STANDARD_GROUP, retExtra: 'nolimit' as const } };
  for (const each of [standard, unlimited, { name: 'SCRATCH', description: '' }]) {
    expect(classOfForm(formOf(each))).toEqual(each);
  }
});

it.each([
  ['', 'nameMissing'],
  ['two words', 'nameLetters'],
  ['x'.repeat(31), 'nameLetters'],
  ['standard', 'nameTaken'],
  ['Größe_1.a-b', undefined],
])('says of the new name “%s”: %s', (name, problem) => {
  expect(formProblems({ ...form, name }, set, null).name).toBe(problem);
});

it('lets a class keep its name', () => {
  expect(formProblems(form, set, 'STANDARD')).toEqual({});
});

it.each([
  ['verExists', '0'],
  ['verExists', '10000'],
  ['retExtra', '30001'],
  ['changingRetries', '5'],
  ['changingRetries', 'nolimit'],
  ['retOnly', '1.5'],
  ['retOnly', '-1'],
  ['verDeleted', ''],
] as const)('refuses %s %s', (field, text) => {
  const typed = { ...form, numbers: { ...form.numbers, [field]: text } };
  expect(formProblems(typed, set, 'STANDARD')).toEqual({ [field]: 'number' });
  expect(classOfForm(typed)).toBeUndefined();
});

it('does not look at numbers of a class without copy group', () => {
  const typed = { ...form, hasGroup: false, numbers: { ...form.numbers, verExists: 'x' } };
  expect(formProblems(typed, set, 'STANDARD')).toEqual({});
  expect(classOfForm(typed)).toEqual({ name: 'STANDARD', description: 'usual' });
});

it('refuses descriptions that the repository would not take', () => {
  expect(formProblems({ ...form, description: 'x'.repeat(256) }, set, 'STANDARD')).toEqual({
    description: 'descriptionLong',
  });
  expect(formProblems({ ...form, description: 'a\u2028b' }, set, 'STANDARD')).toEqual({
    description: 'descriptionLines',
  });
});

it('reads limits', () => {
  expect(limitOf('nolimit', 0, 9)).toBe('nolimit');
  expect(limitOf('9', 0, 9)).toBe(9);
  expect(limitOf('10', 0, 9)).toBeUndefined();
});
