import { describe, expect, test } from 'vitest';
import { type PolicySet, policySetSchema } from '#contract';
import { policyChanges } from './diff.ts';
import { classInForce, findClass } from './find-class.ts';
import { STANDARD_CLASS, STANDARD_COPY_GROUP, STANDARD_POLICY_SET } from './standard.ts';
import { problemsOfPolicy } from './validate.ts';

const weekly = { name: 'WEEKLY', description: '', backup: { ...STANDARD_COPY_GROUP, verExists: 'nolimit' as const } };
const empty = { name: 'Nothing', description: 'no copy group' };
const set: PolicySet = { ...STANDARD_POLICY_SET, classes: [STANDARD_CLASS, weekly, empty] };

test('the standard policy fits its schema and has the defaults of the field', () => {
  expect(policySetSchema.parse(STANDARD_POLICY_SET)).toEqual(STANDARD_POLICY_SET);
  expect(problemsOfPolicy(STANDARD_POLICY_SET)).toEqual([]);
  expect(STANDARD_COPY_GROUP).toMatchObject({ verExists: 2, verDeleted: 1, retExtra: 30, retOnly: 60 });
});

describe('problems', () => {
  test.each([
    [{ ...set, classes: [...set.classes, { ...weekly, name: 'weekly' }] }, 'There are two classes of the name weekly.'],
    [{ ...set, defaultClass: 'GONE' }, 'The default class GONE does not exist.'],
    [
      { ...set, defaultClass: 'NOTHING' },
      'The default class Nothing has no backup copy group, so nothing can be bound to it.',
    ],
    [
      { ...set, classes: [STANDARD_CLASS, { ...empty, description: 'a\nb' }] },
      'The description of the class Nothing is not one line of text.',
    ],
  ])('%#', (bad, problem) => expect(problemsOfPolicy(bad)).toEqual([problem]));

  test('a default class may be written in another case', () =>
    expect(problemsOfPolicy({ ...set, defaultClass: 'standard' })).toEqual([]));
});

test('changes are told one by one', () => {
  expect(policyChanges(set, set)).toEqual([]);
  const changed: PolicySet = {
    classes: [
      { ...weekly, backup: { ...weekly.backup, verExists: 7, mode: 'absolute' } },
      { ...empty, backup: STANDARD_COPY_GROUP },
    ],
    defaultClass: 'WEEKLY',
    graceRetention: 'nolimit',
  };
  expect(policyChanges(set, changed)).toEqual([
    'VEREXISTS of the class WEEKLY is 7 instead of nolimit.',
    'MODE of the class WEEKLY is absolute instead of modified.',
    'The class Nothing has a backup copy group now.',
    'The class STANDARD was removed.',
    'The default class is WEEKLY instead of STANDARD.',
    'The grace retention is nolimit instead of 30.',
  ]);
  expect(policyChanges(changed, set)).toContain('The class STANDARD was added.');
});

test('names are found whatever the case, and mean a copy group, the default one or the grace retention', () => {
  expect(findClass(set, 'weekly')?.name).toBe('WEEKLY');
  expect(classInForce(set, 'Weekly')).toMatchObject({ kind: 'group', name: 'WEEKLY', missing: false });
  expect(classInForce(set, 'gone')).toMatchObject({ kind: 'group', name: 'STANDARD', missing: true });
  expect(classInForce(set, 'NOTHING')).toEqual({ kind: 'grace', name: 'Nothing' });
  expect(classInForce({ ...set, classes: [empty] }, 'gone')).toEqual({ kind: 'grace', name: 'gone' });
});
