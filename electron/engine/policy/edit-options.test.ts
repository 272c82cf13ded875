import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyRule, lineText } from '../testing/option-arbitraries.ts';
import { editOptions, HEADING, type OptionsEdit } from './edit-options.ts';
import { formatOption, OPTION_ROWS, OPTIONS, type OptionName } from './options.ts';
import { MAXIMUM_OPTIONS_FILE, parseOptionsFile } from './options-file.ts';
import { quoteValue } from './options-line.ts';
import { ruleKey } from './rules.ts';

const PATH = '/etc/s.opt';
const edit = (text: string, changes: OptionsEdit) => editOptions(Buffer.from(text), changes, PATH).toString();
const parse = (bytes: Buffer) => parseOptionsFile(bytes.toString(), PATH);
const set = (values: Partial<Record<OptionName, string>>): OptionsEdit => ({
  set: new Map(Object.entries(values) as [OptionName, string][]),
});
const unset = (...names: OptionName[]): OptionsEdit => ({ unset: new Set(names) });

describe('options', () => {
  const FILE = '* Mine\n\n  IMAGEG\t64k \nfoo bar\nfreespace zero\n* end';

  test('a value is exchanged where it stands', () => {
    expect(edit(FILE, set({ imagegapsize: '1m' }))).toBe('* Mine\n\n  IMAGEG\t1m \nfoo bar\nfreespace zero\n* end');
  });

  test('new ones come under one heading, whose line is there once', () => {
    const once = edit(FILE, set({ theme: 'dark' }));
    expect(once).toBe(`${FILE}\n\n${HEADING}\ntheme dark\n`);
    expect(edit(once, set({ language: 'de' }))).toBe(`${once}language de\n`);
    expect(edit('', set({ theme: 'dark' }))).toBe(`${HEADING}\ntheme dark\n`);
  });

  test('the line that holds is changed, and all go when the option does', () => {
    const twice = 'theme dark\ntheme light\n';
    expect(edit(twice, set({ theme: 'system' }))).toBe('theme dark\ntheme system\n');
    expect(edit(twice, unset('theme'))).toBe('');
  });

  test('a flag without a value gets one', () => {
    expect(edit('dynamicimage\n', set({ dynamicimage: 'no' }))).toBe('dynamicimage no\n');
    expect(edit('dynamicimage\n', set({ dynamicimage: 'yes' }))).toBe('dynamicimage\n');
  });

  test('line breaks and the mark at the start stay as they are', () => {
    const text = '\uFEFFtheme dark\r\nlanguage de\r\n';
    expect(edit(text, set({ theme: 'light' }))).toBe('\uFEFFtheme light\r\nlanguage de\r\n');
    expect(edit(text, set({ quiet: 'yes' }))).toBe(`${text}\r\n${HEADING}\r\nquiet yes\r\n`);
    expect(edit(text, unset('theme'))).toBe('\uFEFFlanguage de\r\n');
  });

  test('bytes that are no UTF-8 stay what they are', () => {
    const bytes = Buffer.concat([Buffer.from('* caf'), Buffer.from([0xe9]), Buffer.from('\ntheme dark\n')]);
    const after = editOptions(bytes, set({ theme: 'light' }), PATH);
    expect(after.subarray(0, 7)).toEqual(bytes.subarray(0, 7));
    expect(after.toString('latin1')).toBe('* caf\xe9\ntheme light\n');
  });

  test.each(['a\nrepository /evil', 'a\rb', 'a\0b', 'a\u2028b', `"a' `])('%j is not written', (value) => {
    expect(() => edit('', set({ repository: value }))).toThrow(/OPTION_INVALID/);
  });

  test('a file that could not be read again is not made', () => {
    expect(() => edit(`${'* \n'.repeat(MAXIMUM_OPTIONS_FILE / 3)}`, set({ theme: 'dark' }))).toThrow(/larger/);
  });
});

describe('rules and domain', () => {
  const FILE = '* one\nexclude.image *\n* two\ninclude.image /home WEEKLY\ntheme dark\ninclude.image /srv\n* three\n';
  const rules = parse(Buffer.from(FILE)).rules;
  const [all, home, srv] = rules.map(({ line: _, ...rule }) => rule);
  const extra = { kind: 'exclude.image', pattern: '/my disk', managementClass: '', options: {} } as const;
  if (!all || !home || !srv) throw new Error('three rules');

  test.each([
    [
      'one between',
      [all, extra, home, srv],
      '* one\nexclude.image *\nexclude.image "/my disk"\n* two\ninclude.image /home WEEKLY\ntheme dark\ninclude.image /srv\n* three\n',
    ],
    [
      'one first',
      [extra, all, home, srv],
      '* one\nexclude.image "/my disk"\nexclude.image *\n* two\ninclude.image /home WEEKLY\ntheme dark\ninclude.image /srv\n* three\n',
    ],
    [
      'one last',
      [all, home, srv, extra],
      '* one\nexclude.image *\n* two\ninclude.image /home WEEKLY\ntheme dark\ninclude.image /srv\nexclude.image "/my disk"\n* three\n',
    ],
    ['one less', [all, srv], '* one\nexclude.image *\n* two\ntheme dark\ninclude.image /srv\n* three\n'],
    [
      'one other',
      [all, extra, srv],
      '* one\nexclude.image *\n* two\nexclude.image "/my disk"\ntheme dark\ninclude.image /srv\n* three\n',
    ],
    ['none', [], '* one\n* two\ntheme dark\n* three\n'],
  ])('%s', (_, next, expected) => {
    expect(edit(FILE, { rules: next })).toBe(expected);
  });

  test('the first rules and the first volumes', () => {
    expect(edit('theme dark\n', { rules: [extra, home], domain: ['/home', '/my disk'] })).toBe(
      `theme dark\n\n${HEADING}\ndomain.image /home "/my disk"\nexclude.image "/my disk"\ninclude.image /home WEEKLY\n`,
    );
  });

  test('very many volumes, on many lines and on one, take no time and no stack', () => {
    const started = performance.now();
    const lines = parseOptionsFile(Array.from({ length: 40_000 }, (_, n) => `domain.image /d${n}`).join('\n'), 'o');
    expect(lines.domain.length).toBe(40_000);
    expect(lines.entries.get('domain.image')?.line).toBe(40_000);
    expect(parseOptionsFile(`domain.image ${'a '.repeat(500_000)}`, 'o').domain).toEqual(['a']);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('volumes of several lines', () => {
    const text = 'domain.image /a\n* x\ndomain.image /b /c\n';
    expect(edit(text, { domain: ['/a', '/b', '/c'] })).toBe(text);
    expect(edit(text, { domain: ['/a', '/c'] })).toBe('domain.image /a /c\n* x\n');
    expect(edit(text, { domain: [] })).toBe('* x\n');
  });
});

/** Any line of a file, good or bad. */
const anyLine = fc.oneof(
  fc.constantFrom(
    '',
    '   ',
    '* a comment',
    'foo bar',
    'imaget static',
    'include.image',
    'noprompt yes',
    'domain.image "x',
  ),
  lineText.map((text) => `* ${text}`),
  anyRule.map((rule) => `include.image "${rule.pattern.replaceAll('"', '')}x" ${rule.managementClass}`),
  fc
    .tuple(fc.constantFrom(...OPTION_ROWS.map((row) => row.display)), lineText)
    .map(([name, text]) => `${name} ${text}`),
  lineText,
);
const anyFile = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 12 }),
    lineBreak: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\uFEFF'),
    ends: fc.boolean(),
  })
  .map(({ lines, lineBreak, mark, ends }) => Buffer.from(mark + lines.join(lineBreak) + (ends ? lineBreak : '')));

const FILE_NAMES = OPTION_ROWS.filter((row) => row.places.includes('file') && row.name !== 'domain.image').map(
  (row) => row.name,
);
const anyEdit: fc.Arbitrary<OptionsEdit> = fc.record(
  {
    set: fc
      .array(
        fc.tuple(
          fc.constantFrom(...FILE_NAMES),
          lineText.filter((text) => text !== '' && quoteValue(text) !== undefined),
        ),
        { maxLength: 5 },
      )
      .map((pairs) => new Map(pairs)),
    rules: fc.array(anyRule, { maxLength: 6 }),
    domain: fc.uniqueArray(
      lineText.filter((text) => text !== ''),
      { maxLength: 5 },
    ),
  },
  { requiredKeys: [] },
);

describe('whatever the file and the change', () => {
  test('what is read back is what was written, and every other line keeps its bytes', () => {
    fc.assert(
      fc.property(anyFile, anyEdit, (bytes, change) => {
        const before = parse(bytes);
        const result = editOptions(bytes, change, PATH);
        const after = parse(result);
        for (const [name, value] of change.set ?? []) expect(after.entries.get(name)?.value).toBe(value);
        if (change.domain) expect(after.domain).toEqual(change.domain);
        expect(after.rules.map(ruleKey)).toEqual((change.rules ?? before.rules).map(ruleKey));
        // Comments and what is not understood stay, in their order.
        const inert = (text: string) =>
          text
            .replace(/^\uFEFF/, '')
            .split(/\r?\n/)
            .filter((line) => /^\s*\*|^foo|^noprompt/.test(line) && line !== HEADING);
        expect(inert(result.toString())).toEqual(inert(bytes.toString()));
        // Saving the same again changes nothing.
        expect(editOptions(result, change, PATH)).toBe(result);
      }),
      { numRuns: 300 },
    );
  });

  test('saving what the file says changes nothing', () => {
    fc.assert(
      fc.property(anyFile, (bytes) => {
        const { entries, rules, domain } = parse(bytes);
        const same = new Map(
          [...entries].filter(([name]) => name !== 'domain.image').map(([name, { value }]) => [name, value]),
        );
        expect(editOptions(bytes, { set: same, rules, domain }, PATH)).toBe(bytes);
        expect(editOptions(bytes, {}, PATH)).toBe(bytes);
      }),
    );
  });

  test('an option that is set and taken away again leaves the file as it was, but for the heading', () => {
    fc.assert(
      fc.property(anyFile, fc.constantFrom(...FILE_NAMES), (bytes, name) => {
        fc.pre(!parse(bytes).entries.has(name));
        const fallback = formatOption(name, OPTIONS[name].fallback as never) || '/x';
        const there = editOptions(bytes, set({ [name]: fallback }), PATH);
        const back = editOptions(there, unset(name), PATH).toString();
        expect(back.startsWith(bytes.toString())).toBe(true);
        expect(back.slice(bytes.toString().length).replace(HEADING, '').trim()).toBe('');
      }),
    );
  });
});
