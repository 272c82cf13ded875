import { describe, expect, it } from 'vitest';
import type { OptionDescription, Preferences } from '#contract';
import {
  changesOf,
  type DraftRule,
  EMPTY_DRAFT,
  isEmpty,
  rebased,
  rulesOf,
  shownText,
  withDomain,
  withEdit,
  withRules,
} from './preference-draft.ts';

function option(name: string, facts: Partial<OptionDescription> = {}): OptionDescription {
  return {
    name,
    display: name,
    type: 'text',
    unit: '',
    values: [],
    allowed: '',
    help: '',
    default: '',
    places: ['file'],
    value: '',
    source: { from: 'default' },
    locked: false,
    ...facts,
  };
}

const rule = (pattern: string, line: number) => ({
  kind: 'include.image' as const,
  pattern,
  managementClass: '',
  options: {},
  line,
});

const FILE: Preferences = {
  path: '/etc/stillframe.opt',
  exists: true,
  revision: '1',
  options: [
    option('level', { default: '1' }),
    option('gap', { default: '32k', fileValue: '1m' }),
    option('provider', { type: 'enum', values: ['A', 'B'], fileValue: 'A' }),
  ],
  rules: [rule('/a', 4), rule('/b', 5)],
  domain: ['/home'],
  warnings: [],
};
const named = (name: string) => FILE.options.find((each) => each.name === name);
const patterns = (rules: readonly DraftRule[] | null) => rules?.map(({ pattern }) => pattern);

describe('an edit', () => {
  it('is no change where it says what the file says', () => {
    const changed = withEdit(EMPTY_DRAFT, named('gap'), '2m');
    expect(changesOf(changed)).toEqual({ set: { gap: '2m' } });
    expect(isEmpty(withEdit(changed, named('gap'), '1m'))).toBe(true);
    expect(isEmpty(withEdit(withEdit(EMPTY_DRAFT, named('level'), '3'), named('level'), '1'))).toBe(true);
  });

  it('takes the line out where the default is restored, and does nothing where there is none', () => {
    const draft = withEdit(EMPTY_DRAFT, named('gap'), null);
    expect(changesOf(draft)).toEqual({ unset: ['gap'] });
    expect(named('gap') && shownText(named('gap') as OptionDescription, draft)).toBe('32k');
    expect(isEmpty(withEdit(EMPTY_DRAFT, named('level'), null))).toBe(true);
  });

  it('of nothing means the default only where the engine chooses', () => {
    expect(changesOf(withEdit(EMPTY_DRAFT, named('provider'), ''))).toEqual({ unset: ['provider'] });
    expect(changesOf(withEdit(EMPTY_DRAFT, named('level'), ''))).toEqual({ set: { level: '' } });
  });
});

describe('rules and the domain', () => {
  it('are no change when they are as in the file again', () => {
    const rules = rulesOf(FILE);
    const turned = withRules(EMPTY_DRAFT, FILE, rules.toReversed());
    expect(changesOf(turned).rules?.map(({ pattern }) => pattern)).toEqual(['/b', '/a']);
    expect(isEmpty(withRules(turned, FILE, rules))).toBe(true);
    expect(isEmpty(withDomain(withDomain(EMPTY_DRAFT, FILE, []), FILE, ['/home']))).toBe(true);
  });
});

describe('changes on a file that was read again', () => {
  const [a, b] = rulesOf(FILE) as [DraftRule, DraftRule];
  const mine = withRules(EMPTY_DRAFT, FILE, [b, a, { ...a, pattern: '/mine', key: 'new 1' }]);

  it('are the same as long as the file is', () => {
    expect(rebased(mine, FILE, FILE)).toEqual(mine);
  });

  it('lose what the file says by now, and what is no option any more', () => {
    const draft = withEdit(withEdit(EMPTY_DRAFT, named('gap'), '2m'), named('level'), '9');
    const now = { ...FILE, options: [option('gap', { default: '32k', fileValue: '2m' })] };
    expect(isEmpty(rebased(draft, FILE, now))).toBe(true);
  });

  it('keep a rule that somebody else added, after its neighbour, and one they removed stays away', () => {
    const theirs = { ...FILE, rules: [rule('/b', 4), rule('/theirs', 5)] };
    expect(patterns(rebased(mine, FILE, theirs).rules)).toEqual(['/b', '/theirs', '/mine']);
  });

  it('have a key of its own for every rule', () => {
    const theirs = { ...FILE, rules: [rule('/theirs', 4), rule('/a', 5), rule('/b', 6)] };
    const keys = rebased(mine, FILE, theirs).rules?.map(({ key }) => key) ?? [];
    expect(new Set(keys).size).toBe(4);
  });

  it('merge the domain', () => {
    const draft = withDomain(EMPTY_DRAFT, FILE, ['/home', '/srv']);
    expect(rebased(draft, FILE, { ...FILE, domain: ['/home', '/boot'] }).domain).toEqual(['/home', '/boot', '/srv']);
    expect(rebased(draft, FILE, { ...FILE, domain: ['/home', '/srv'] }).domain).toBeNull();
  });
});
