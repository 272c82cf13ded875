import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImageRule } from '#contract';
import { anyRule, lineText } from '../testing/option-arbitraries.ts';
import { parseOptionsFile } from './options-file.ts';
import { readLine } from './options-line.ts';
import { evaluateRules, formatRule, sameRule } from './rules.ts';
import { quoteWord, splitWords } from './words.ts';

const PATH = '/etc/s.opt';
const parse = (text: string) => parseOptionsFile(text, PATH);

describe('words', () => {
  test('a word that is quoted is one word again', () => {
    fc.assert(fc.property(lineText, (word) => void expect(splitWords(quoteWord(word))).toEqual([word])));
  });

  test('several of them stay apart', () => {
    fc.assert(
      fc.property(
        fc.array(lineText),
        (words) => void expect(splitWords(words.map(quoteWord).join(' '))).toEqual(words),
      ),
    );
  });

  test.each([
    ['a  b\t"c d"', ['a', 'b', 'c d']],
    [`x="a b"'"'`, ['x=a b"']],
    ['', []],
    ['""', ['']],
    ['a "b', undefined],
  ])('%j', (text, words) => expect(splitWords(text)).toEqual(words));
});

describe('rule lines', () => {
  test('class and options, abbreviated and quoted', () => {
    const { rules, warnings } = parse(
      [
        '* rules',
        'include.image /home WEEKLY imageg=1m dynamicimage=no',
        `INCLUDE.IMAGE "/mnt/my disk" presnapshotcmd='sh -c "sync"' snapshotcachesize=10`,
        'Exclude.Image /dev/sd[cd]*',
      ].join('\n'),
    );
    expect(warnings).toEqual([]);
    expect(rules).toEqual([
      {
        kind: 'include.image',
        pattern: '/home',
        managementClass: 'WEEKLY',
        options: { imagegapsize: '1m', dynamicimage: 'no' },
        line: 2,
      },
      {
        kind: 'include.image',
        pattern: '/mnt/my disk',
        managementClass: '',
        options: { presnapshotcmd: 'sh -c "sync"', snapshotcachesize: '10' },
        line: 3,
      },
      { kind: 'exclude.image', pattern: '/dev/sd[cd]*', managementClass: '', options: {}, line: 4 },
    ]);
  });

  test('what makes no sense is warned about, and the rest of the rule holds', () => {
    const { rules, warnings } = parse(
      'include.image /a CLASS more repository=/x imaget=static\ninclude.image\nexclude.image "/b\nexclude.image /c CLASS',
    );
    expect(rules.map((rule) => [rule.pattern, rule.options])).toEqual([
      ['/a', { imagetype: 'static' }],
      ['/c', {}],
    ]);
    expect(warnings).toEqual([
      `${PATH}, line 1: “more” is no option=value; that part was ignored.`,
      `${PATH}, line 1: a rule has no option “repository”; that part was ignored.`,
      `${PATH}, line 2: include.image needs a pattern of volumes; the line was ignored.`,
      `${PATH}, line 3: a quote is not closed; the line was ignored.`,
      `${PATH}, line 4: exclude.image takes a pattern only; that part was ignored.`,
    ]);
  });

  test.each(['include /etc/other.opt', 'exclude /tmp', 'domain /home', 'in /x'])('%s is no image rule', (line) => {
    expect(readLine(line)).toMatchObject({ kind: 'ignored' });
  });

  test('domain.image lines add up', () => {
    const { domain, entries } = parse('domain.image /home "/mnt/my disk"\nDOMAIN.IMAGE /srv /home\n');
    expect(domain).toEqual(['/home', '/mnt/my disk', '/srv']);
    expect(entries.get('domain.image')).toEqual({ value: '/home "/mnt/my disk" /srv', line: 2 });
  });
});

test('a rule that is written is read back', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      const meaning = readLine(formatRule(rule));
      expect(meaning).toMatchObject({ kind: 'rule', problems: [] });
      if (meaning.kind === 'rule') expect(sameRule(meaning.rule, rule)).toBe(true);
    }),
  );
});

describe('evaluation', () => {
  const rule = (kind: ImageRule['kind'], pattern: string): ImageRule => ({
    kind,
    pattern,
    managementClass: '',
    options: {},
  });
  const rules = [rule('exclude.image', '*'), rule('include.image', '/home'), rule('exclude.image', '/dev/sda*')];

  test('from the bottom, and the first match holds', () => {
    expect(evaluateRules(rules, ['/dev/sda1', '/home'])).toEqual({
      evaluated: [{ rule: 2, matches: true }],
      rule: rules[2],
    });
    expect(evaluateRules(rules, ['/dev/sdb1', '/home'])).toEqual({
      evaluated: [
        { rule: 2, matches: false },
        { rule: 1, matches: true },
      ],
      rule: rules[1],
    });
    expect(evaluateRules(rules, ['/dev/sdc1']).rule).toBe(rules[0]);
    expect(evaluateRules([], ['/dev/sdc1'])).toEqual({ evaluated: [], rule: undefined });
  });
});
