import { describe, expect, it } from 'vitest';
import type { ManagementClass, PolicySet } from '#contract';
import {
  classNamed,
  copyName,
  mergePolicies,
  policyChanges,
  STANDARD_GROUP,
  withClass,
  withoutClass,
} from './policy-draft.ts';

const one = (name: string, verExists = 2): ManagementClass => ({
  name,
  description: '',
  backup: { ...STANDARD_GROUP, verExists },
});
const base: PolicySet = { classes: [one('STANDARD'), one('MAIL', 5)], defaultClass: 'STANDARD', graceRetention: 30 };

describe('classes of a draft', () => {
  it('are found whatever their case', () => {
    expect(classNamed(base, 'mail')?.name).toBe('MAIL');
    expect(classNamed(base, 'other')).toBeUndefined();
  });

  it('are added, and put in place of themselves', () => {
    expect(withClass(base, one('NEW')).classes.map(({ name }) => name)).toEqual(['STANDARD', 'MAIL', 'NEW']);
    expect(withClass(base, one('mail', 9)).classes[1]).toEqual(one('mail', 9));
  });

  it('take the default with them when they get another name', () => {
    expect(withClass(base, one('USUAL'), 'STANDARD').defaultClass).toBe('USUAL');
  });

  it('can be removed, except the default', () => {
    expect(withoutClass(base, 'Mail').classes).toHaveLength(1);
    expect(withoutClass(base, 'standard')).toBe(base);
  });

  it('get a free name of at most 30 characters as copies', () => {
    expect(copyName(base, 'MAIL')).toBe('MAIL-2');
    const long = 'X'.repeat(30);
    expect(copyName(base, long)).toBe(`${'X'.repeat(28)}-2`);
  });
});

it('says what changed', () => {
  const after: PolicySet = {
    classes: [
      { ...one('STANDARD', 3), description: 'usual' },
      { name: 'NEW', description: '' },
    ],
    defaultClass: 'NEW',
    graceRetention: 'nolimit',
  };
  expect(policyChanges(base, after)).toEqual([
    { kind: 'description', name: 'STANDARD' },
    { kind: 'field', name: 'STANDARD', field: 'verExists', before: 2, after: 3 },
    { kind: 'added', name: 'NEW' },
    { kind: 'removed', name: 'MAIL' },
    { kind: 'default', before: 'STANDARD', after: 'NEW' },
    { kind: 'grace', before: 30, after: 'nolimit' },
  ]);
  expect(policyChanges(base, base)).toEqual([]);
});

describe('two edits of one policy', () => {
  it('come together where they are about different things', () => {
    const mine = withClass(base, one('NEW'));
    const theirs = { ...withClass(base, one('MAIL', 9)), graceRetention: 45 };
    const { set, both } = mergePolicies(base, mine, theirs);
    expect(set.classes).toEqual([one('STANDARD'), one('MAIL', 9), one('NEW')]);
    expect(set.graceRetention).toBe(45);
    expect(both).toEqual([]);
  });

  it('take mine where both changed a class, and say so', () => {
    const { set, both } = mergePolicies(base, withClass(base, one('MAIL', 7)), withClass(base, one('MAIL', 9)));
    expect(classNamed(set, 'MAIL')).toEqual(one('MAIL', 7));
    expect(both).toEqual(['MAIL']);
  });

  it('leave out what one removed, and say so where the other changed it', () => {
    expect(mergePolicies(base, withoutClass(base, 'MAIL'), base).set.classes).toEqual([one('STANDARD')]);
    const { set, both } = mergePolicies(base, withClass(base, one('MAIL', 7)), withoutClass(base, 'MAIL'));
    expect(classNamed(set, 'MAIL')).toEqual(one('MAIL', 7));
    expect(both).toEqual(['MAIL']);
  });

  it('always have a default class that exists', () => {
    const mine = { ...withoutClass({ ...base, defaultClass: 'MAIL' }, 'STANDARD') };
    const theirs = { ...base, classes: [one('STANDARD', 4), one('OTHER')], defaultClass: 'OTHER' };
    const { set } = mergePolicies(base, mine, theirs);
    expect(classNamed(set, set.defaultClass)).toBeDefined();
  });
});
