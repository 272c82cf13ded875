/** What holds of every row of the table. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OptionPlace } from '#contract';
import { validText } from '../testing/option-arbitraries.ts';
import { matchAbbreviation, shortestAbbreviation } from './abbreviations.ts';
import { describeOption } from './describe-options.ts';
import { definitionOf, formatOption, OPTION_NAMES, OPTION_ROWS, type OptionName, type OptionRow } from './options.ts';
import { parseOptionsFile } from './options-file.ts';
import { quoteValue } from './options-line.ts';
import {
  effectiveCompressionLevel,
  effectiveImageType,
  type OptionInputs,
  parseOption,
  resolveOptions,
} from './resolve-options.ts';
import { formatRule, RULE_OPTIONS } from './rules.ts';

const paths = { workingDirectory: '/work', homeDirectory: '/home/ada' };
const PATH = '/etc/stillframe/s.opt';
const VOLUME = ['/dev/sda1', '/home'];

/** Where an option can be said, first who wins. `managementclass` has its own place in a rule. */
function placesOf({ name, places }: OptionRow): OptionPlace[] {
  const order: OptionPlace[] = ['command', 'environment', 'rule', 'file'];
  return order.filter((place) => places.includes(place) || (place === 'rule' && name === 'managementclass'));
}

function inputsOf(row: OptionRow, said: ReadonlyMap<OptionPlace, string>): OptionInputs {
  const lines = ['* comment'];
  const written = said.get('file');
  if (written !== undefined) lines.push(`${row.display} ${row.kind === 'list' ? written : quoteValue(written)}`);
  const ruled = said.get('rule');
  const isClass = row.name === 'managementclass';
  if (ruled !== undefined) {
    lines.push(
      formatRule({
        kind: 'include.image',
        pattern: '/ho*',
        managementClass: isClass ? ruled : '',
        options: isClass ? {} : { [row.name]: ruled },
      }),
      'include.image /elsewhere',
    );
  }
  const typed = said.get('command');
  return {
    command: new Map(typed === undefined ? [] : [[row.name, typed]]),
    environment: row.variable === undefined ? {} : { [row.variable]: said.get('environment') },
    file: parseOptionsFile(lines.join('\n'), PATH),
    volume: VOLUME,
    paths,
  };
}

const parsedAs = (row: OptionRow, text: string): unknown => parseOption(row.name, text, { ...paths });

describe.each(OPTION_ROWS.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const places = placesOf(row);
  const anySaid = fc
    .tuple(...places.map((place) => fc.tuple(fc.constant(place), fc.option(validText(row), { nil: undefined }))))
    .map((pairs) => new Map(pairs.flatMap(([place, text]) => (text === undefined ? [] : [[place, text] as const]))));

  test('command line, environment, rule, file, default', () => {
    fc.assert(
      fc.property(anySaid, (said) => {
        const inputs = inputsOf(row, said);
        expect(inputs.file?.warnings).toEqual([]);
        const { values, sources } = resolveOptions(inputs);
        const winner = places.find((place) => said.has(place));
        expect(sources[row.name].from).toBe(winner ?? 'default');
        const expected = winner === undefined ? definitionOf(row.name).fallback : parsedAs(row, said.get(winner) ?? '');
        expect(values[row.name]).toEqual(expected);
        // The editor says the same.
        const described = describeOption(row, inputs);
        expect(described.source).toEqual(sources[row.name]);
        expect(described.value).toBe(formatOption(row.name, values[row.name]));
      }),
      { numRuns: 40 },
    );
  });

  test('what is formatted parses to the same value', () => {
    fc.assert(
      fc.property(validText(row), (text) => {
        const value = parseOption(row.name, text, paths);
        expect(parseOption(row.name, formatOption(row.name, value), paths)).toEqual(value);
      }),
      { numRuns: 40 },
    );
  });

  test('is described completely', () => {
    expect(row.kind === 'enum').toBe(row.values.length > 0);
    expect(row.minimum !== undefined && row.maximum !== undefined).toBe(row.kind === 'integer' || row.kind === 'size');
    expect(row.tab !== undefined).toBe(row.places.includes('file'));
    expect(row.allowed).not.toBe('');
  });
});

// What holds for the options of each command is tested with the commands.
test.each(['file', 'rule', 'environment'] as const)(
  'no abbreviation is promised to two options of one place: %s',
  (place) => {
    const rows = OPTION_ROWS.filter(({ places }) => places.includes(place));
    const promised = rows.flatMap(({ name, display, aliases = [] }) =>
      [display, ...aliases].map((one) => [shortestAbbreviation(one), name] as const),
    );
    expect(new Set(promised.map(([short]) => short)).size).toBe(promised.length);
    for (const [short, name] of promised) {
      expect(matchAbbreviation(short, rows)).toMatchObject({ kind: 'found', value: { name } });
    }
  },
);

test('whatever begins like several options is one of them only where that was promised', () => {
  for (const { display } of OPTION_ROWS) {
    for (let length = 1; length <= display.length; length++) {
      const typed = display.slice(0, length).toLowerCase();
      const displays = ({ display: one, aliases = [] }: OptionRow) => [one, ...aliases];
      const begun = OPTION_ROWS.filter((row) => displays(row).some((one) => one.toLowerCase().startsWith(typed)));
      const promised = begun.filter((row) =>
        displays(row).some((one) => one.toLowerCase().startsWith(typed) && typed.startsWith(shortestAbbreviation(one))),
      );
      const exact = begun.filter(({ name }) => name === typed);
      const unique = [exact, promised, begun].find((rows) => rows.length > 0)?.length === 1;
      expect([typed, matchAbbreviation(typed, OPTION_ROWS).kind]).toEqual([typed, unique ? 'found' : 'ambiguous']);
    }
  }
});

test('a rule of another volume says nothing', () => {
  const file = parseOptionsFile('mode incremental\ninclude.image /home X mode=selective', PATH);
  const resolved = (volume?: string[]) => resolveOptions({ command: new Map(), environment: {}, file, paths, volume });
  expect(resolved().values.mode).toBe('incremental');
  expect(resolved(['/srv'])).toMatchObject({ values: { mode: 'incremental', managementclass: 'STANDARD' } });
  expect(resolved(['/srv']).rule).toBeUndefined();
  expect(resolved(['/home'])).toMatchObject({
    values: { mode: 'selective', managementclass: 'X' },
    sources: { mode: { from: 'rule', path: PATH, line: 2 } },
    rule: { line: 2 },
  });
});

test('relative paths in a rule start at the file', () => {
  const file = parseOptionsFile('include.image * snapshotcachelocation=cache', PATH);
  const inputs = { command: new Map(), environment: {}, file, paths, volume: VOLUME };
  expect(resolveOptions(inputs).values.snapshotcachelocation).toBe('/etc/stillframe/cache');
});

describe('two options that say the same', () => {
  const resolve = (command: Partial<Record<OptionName, string>>, text: string) =>
    resolveOptions({
      command: new Map(Object.entries(command) as [OptionName, string][]),
      environment: {},
      file: parseOptionsFile(text, PATH),
      paths,
      volume: VOLUME,
    });

  test.each([
    [{}, 'imagetype static\ninclude.image /home dynamicimage=yes', 'dynamic'],
    [{ imagetype: 'snapshot' }, 'include.image /home dynamicimage=yes', 'snapshot'],
    [{ dynamicimage: 'no' }, 'include.image /home dynamicimage=yes', undefined],
    [{}, 'dynamicimage yes\ninclude.image /home imagetype=static', 'static'],
  ] as const)('image type: %j over %j is %s', (command, text, type) => {
    expect(effectiveImageType(resolve(command, text))).toBe(type);
  });

  test.each([
    [{}, '', 1],
    [{}, 'compression no', 0],
    [{}, 'compression no\ncompressionlevel 5', 0],
    [{ compressionlevel: '5' }, 'compression no', 5],
    [{ compression: 'no' }, 'compressionlevel 5', 0],
    [{ compression: 'no', compressionlevel: '5' }, '', 0],
    [{}, 'compression no\ninclude.image /home compressionlevel=3', 3],
    [{ compression: 'yes' }, 'compression no\ncompressionlevel 3', 3],
  ] as const)('compression: %j over %j is level %d', (command, text, level) => {
    expect(effectiveCompressionLevel(resolve(command, text))).toBe(level);
  });
});

test('rules carry what shapes a backup', () => {
  expect(RULE_OPTIONS.map(({ name }) => name)).toEqual(
    OPTION_NAMES.filter((name) => definitionOf(name).places.includes('rule')),
  );
  for (const name of [
    'dynamicimage',
    'imagegapsize',
    'imagetype',
    'snapshotproviderimage',
    'snapshotcachesize',
    'presnapshotcmd',
    'postsnapshotcmd',
    'snapshotcachelocation',
    'snapshotfsidlewait',
    'snapshotfsidleretries',
  ] as const) {
    expect(definitionOf(name).places).toContain('rule');
  }
});
