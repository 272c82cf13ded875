import i18next from 'i18next';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImageRule, OptionDescription, Preferences } from '#contract';
import { OPTIONS } from '../../dev/fixture-options.ts';
import { de } from '../../i18n/de/index.ts';
import { en } from '../../i18n/en/index.ts';
import { optionHelp, optionLabel } from '../../i18n/option-texts.ts';
import { EMPTY_DRAFT, type PreferenceDraft } from '../../stores/preference-draft.ts';
import { changeRows, ruleLine } from './changes.ts';
import { meansSame, rangeWords, valueWords } from './fields/option-values.ts';
import { originWords, overruling } from './fields/source-words.ts';
import { found } from './search.ts';
import { tabOfProblem, tabStates } from './tabs.ts';

function named(name: string, facts: Partial<OptionDescription> = {}): OptionDescription {
  const option = OPTIONS.find((each) => each.name === name);
  if (!option) throw new Error(`There is no option ${name}.`);
  return { ...option, ...facts };
}

const RULE: ImageRule = {
  kind: 'include.image',
  pattern: '/srv/two words',
  managementClass: 'GOLD',
  options: { imagegapsize: '64k', presnapshotcmd: 'sync all' },
};
const FILE: Preferences = {
  path: '/etc/stillframe/stillframe.opt',
  exists: true,
  revision: '1',
  options: [...OPTIONS],
  rules: [{ ...RULE, line: 9 }],
  domain: [],
  warnings: [],
};

beforeAll(() =>
  i18next.init({ lng: 'en', resources: { en, de }, defaultNS: 'common', interpolation: { escapeValue: false } }),
);
beforeEach(() => i18next.changeLanguage('en'));

describe('texts of options', () => {
  it.each(['en', 'de'])('are there for every option and every value in %s', async (language) => {
    await i18next.changeLanguage(language);
    for (const { name, values, display } of OPTIONS) {
      const key = `options:${name.replaceAll('.', '_')}`;
      for (const part of ['label', 'help', ...values.map((value) => `values.${value}`)]) {
        expect([display, part, i18next.exists(`${key}.${part}`)]).toEqual([display, part, true]);
      }
    }
  });

  it('fall back to what the engine says', () => {
    expect(optionLabel('unheardof')).toBe('unheardof');
    expect(optionHelp({ name: 'unheardof', help: 'It helps.' })).toBe('It helps.');
  });
});

describe('values', () => {
  it('are read as people say them', () => {
    expect(valueWords(named('imagegapsize'), '1m')).toBe('1 MiB');
    expect(valueWords(named('snapshotproviderimage'), '')).toBe('Best possible');
    expect(valueWords(named('snapshotproviderimage'), 'linux_lvm')).toBe('LVM');
    expect(valueWords(named('verifyimage'), 'no')).toBe('No');
    expect(valueWords(named('imageage'), '7')).toBe('7\u00a0days');
  });

  it('may be written in several ways', () => {
    expect(meansSame(named('imagegapsize'), '1m', '1024k')).toBe(true);
    expect(meansSame(named('verifyimage'), 'true', 'yes')).toBe(true);
    expect(meansSame(named('compressionlevel'), '3', '4')).toBe(false);
  });

  it('have a range', async () => {
    expect(rangeWords(named('snapshotcmdtimelimit'))).toBe('1 to 86,400\u00a0s');
    await i18next.changeLanguage('de');
    expect(rangeWords(named('snapshotcmdtimelimit'))).toBe('1 bis 86.400\u00a0s');
  });
});

describe('where a value comes from', () => {
  it('names default, line and rules', () => {
    const option = named('imagegapsize', {
      fileValue: '1m',
      value: '1m',
      source: { from: 'file', path: FILE.path, line: 12 },
    });
    const other: ImageRule = { ...RULE, options: {} };
    expect(originWords(option, [RULE, other, RULE])).toEqual([
      'Default: 32 KiB',
      'from stillframe.opt line 12',
      'overridden by rules 1, 3',
    ]);
    expect(overruling(option)).toBeUndefined();
  });

  it('says that a change has no effect under an environment variable', () => {
    const option = named('repository', {
      value: '/r',
      source: { from: 'environment', variable: 'STILLFRAME_REPOSITORY' },
    });
    expect(overruling(option)).toContain('STILLFRAME_REPOSITORY: /r. A change here has no effect');
  });
});

describe('search', () => {
  const names = (query: string) => found(OPTIONS, query, (option) => option.value).map(({ name }) => name);

  it('finds names, labels, help and values in both languages', () => {
    expect(names('imagegap')).toEqual(['imagegapsize']);
    expect(names('abbild LÜCKEN')).toEqual(['imagegapsize']);
    expect(names('reads back from target')).toEqual(['verifyimage']);
    expect(names('32k')).toContain('imagegapsize');
  });

  it('puts what is called like it first, and leaves out what has no tab', () => {
    expect(names('snapshot provider')[0]).toBe('snapshotproviderimage');
    expect(names('noprompt')).toEqual([]);
    expect(names(' ')).toEqual([]);
  });
});

describe('changes', () => {
  const draft: PreferenceDraft = { ...EMPTY_DRAFT, edits: { imagegapsize: '1m', verifyimage: null } };

  it('show old and new', () => {
    expect(changeRows(FILE, draft)).toMatchObject([
      { label: 'Image gap size', before: '32 KiB', after: '1 MiB' },
      { label: 'Verify after a restore', before: 'Yes', after: 'Yes' },
    ]);
  });

  it('show rules as lines', () => {
    const added = { ...RULE, pattern: '/b', managementClass: '', options: {}, key: 'new' };
    expect(changeRows(FILE, { ...EMPTY_DRAFT, rules: [added] })).toMatchObject([
      { before: 'include.image "/srv/two words" GOLD imagegapsize=64k presnapshotcmd="sync all"', after: '' },
      { before: '', after: 'include.image /b' },
    ]);
    expect(ruleLine(RULE)).toContain('GOLD');
    const two: Preferences = { ...FILE, rules: [...FILE.rules, { ...added, line: 10 }] };
    expect(changeRows(two, { ...EMPTY_DRAFT, rules: [added, { ...RULE, key: 'line 9' }] })).toMatchObject([
      { label: 'Order of the rules' },
    ]);
  });

  it('mark their tabs', () => {
    const states = tabStates(OPTIONS, draft, [{ option: 'imagegapsize', reason: '', allowed: '' }]);
    expect(states.filter(({ changed }) => changed).map(({ tab }) => tab)).toEqual(['imageSnapshot', 'verification']);
    expect(states.filter(({ problems }) => problems > 0).map(({ tab }) => tab)).toEqual(['imageSnapshot']);
    expect(tabStates([], EMPTY_DRAFT, []).map(({ tab }) => tab)).toEqual([
      'repository',
      'includeExclude',
      'authorization',
    ]);
    expect(tabOfProblem({ rule: 0, option: 'imagegapsize', reason: '', allowed: '' }, OPTIONS)).toBe('includeExclude');
  });
});
