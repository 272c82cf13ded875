import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { formatOption, OPTION_NAMES, OPTION_ROWS, OPTIONS, type OptionName } from './options.ts';
import { parseOptionsFile } from './options-file.ts';
import { effectiveImageType, parseOption, resolveOptions } from './resolve-options.ts';

const paths = { workingDirectory: '/work/here', homeDirectory: '/home/ada' };
const KIB = 1024;

/** Details of the error that `action` throws. */
function rejection(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof EngineError) return { code: error.code, ...error.details };
    throw error;
  }
  throw new Error('nothing was thrown');
}

const resolve = (
  command: Partial<Record<OptionName, string>>,
  fileText = '',
  environment: Record<string, string> = {},
) =>
  resolveOptions({
    command: new Map(Object.entries(command) as [OptionName, string][]),
    environment,
    file: parseOptionsFile(fileText, '/home/ada/.config/stillframe/stillframe.opt'),
    paths,
  });

describe('imagegapsize', () => {
  test.each([
    ['0', 0],
    ['32', 32 * KIB],
    ['64k', 64 * KIB],
    ['64K', 64 * KIB],
    ['1m', KIB ** 2],
    ['2G', 2 * KIB ** 3],
    ['4294967295', 4_294_967_295 * KIB],
    ['4194303m', 4_194_303 * KIB ** 2],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseOption('imagegapsize', text, paths)).toBe(bytes);
  });

  test.each(['4294967296', '4194304m', '4096g', '99999999999999999999'])('%s is out of range', (text) => {
    expect(rejection(() => parseOption('imagegapsize', text, paths))).toMatchObject({
      code: 'OPTION_INVALID',
      option: 'imagegapsize',
      value: text,
      allowed: '0 to 4294967295 KB; suffix k, m or g, none means KB',
    });
  });

  test.each(['', '-1', '1.5m', '64kb', '1t', ' 4k', '0x10', 'k'])('%j is not a size', (text) => {
    expect(rejection(() => parseOption('imagegapsize', text, paths))).toMatchObject({ code: 'OPTION_INVALID' });
  });

  test('what is formatted parses to the same value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_294_967_295 }), (kb) => {
        expect(parseOption('imagegapsize', formatOption('imagegapsize', kb * KIB), paths)).toBe(kb * KIB);
      }),
    );
  });
});

describe('other kinds', () => {
  test.each([
    ['mode', 'INCREMENTAL', 'incremental'],
    ['imagetype', 'Static', 'static'],
    ['snapshotproviderimage', 'linux_lvm', 'LINUX_LVM'],
    ['dynamicimage', 'YES', true],
    ['noprompt', 'no', false],
    ['port', '8080', 8080],
    ['managementclass', 'DAILY-30', 'DAILY-30'],
    ['repository', 'store', '/work/here/store'],
    ['repository', '~/store', '/home/ada/store'],
    ['repository', 's3:https://host/bucket', 's3:https://host/bucket'],
    ['passwordfile', 's3:x', '/work/here/s3:x'],
  ] as const)('%s=%s', (name, text, value) => {
    expect(parseOption<OptionName>(name, text, paths)).toBe(value);
  });

  test.each([
    ['mode', 'full'],
    ['port', '65536'],
    ['port', '-1'],
    ['verifyimage', 'maybe'],
    ['managementclass', 'two words'],
    ['repository', ''],
  ] as const)('%s=%s is refused', (name, text) => {
    expect(rejection(() => parseOption<OptionName>(name, text, paths))).toMatchObject({ option: name, value: text });
  });
});

describe('the table', () => {
  test('defaults', () => {
    const { values } = resolve({});
    expect(values).toMatchObject({
      imagegapsize: 32 * KIB,
      mode: 'selective',
      dynamicimage: false,
      managementclass: 'STANDARD',
      freespace: 'skip',
      verifyimage: true,
      noprompt: false,
    });
    expect(values.imagetype).toBeUndefined();
  });

  test('every display spells its key, every default parses, and every help is one line', () => {
    for (const row of OPTION_ROWS) {
      expect(row.display.toLowerCase()).toBe(row.name);
      expect(row.help).toMatch(/^[^\n]{10,130}\.$/);
      if (row.fallbackText !== '')
        expect(parseOption(row.name, row.fallbackText, paths)).toBe(OPTIONS[row.name].fallback);
      expect(row.places.includes('environment')).toBe(row.variable !== undefined);
    }
  });

  test('no option takes a passphrase from an argument', () => {
    expect(OPTION_NAMES.filter((name) => /password|passphrase|key/.test(name))).toEqual([
      'passwordfile',
      'newpasswordfile',
    ]);
  });
});

describe('precedence', () => {
  const variable = { STILLFRAME_REPOSITORY: '/from/environment' };
  const file = '* comment\nrepository /from/file\n';

  test('command line, then environment, then file, then default', () => {
    expect(resolve({ repository: '/c' }, file, variable).values.repository).toBe('/c');
    expect(resolve({}, file, variable).values.repository).toBe('/from/environment');
    expect(resolve({}, file).values.repository).toBe('/from/file');
    expect(resolve({}).values.repository).toBeUndefined();
  });

  test('says where each value comes from', () => {
    expect(resolve({ repository: '/c' }, file, variable).sources.repository).toEqual({ from: 'command' });
    expect(resolve({}, file, variable).sources.repository).toEqual({
      from: 'environment',
      variable: 'STILLFRAME_REPOSITORY',
    });
    expect(resolve({}, file).sources.repository).toEqual({
      from: 'file',
      path: '/home/ada/.config/stillframe/stillframe.opt',
      line: 2,
    });
    expect(resolve({}).sources.repository).toEqual({ from: 'default' });
  });

  test('an empty variable counts as unset', () => {
    expect(resolve({}, file, { STILLFRAME_REPOSITORY: '' }).values.repository).toBe('/from/file');
  });

  test('relative paths in the file start at the file', () => {
    expect(resolve({}, 'repository store').values.repository).toBe('/home/ada/.config/stillframe/store');
  });

  test('a bad value names its line', () => {
    expect(rejection(() => resolve({}, '\n\nimagegapsize lots'))).toMatchObject({
      option: 'imagegapsize',
      value: 'lots',
      file: '/home/ada/.config/stillframe/stillframe.opt',
      line: 3,
    });
  });
});

describe('effectiveImageType', () => {
  test.each([
    [{}, '', undefined],
    [{ imagetype: 'static' }, '', 'static'],
    [{ dynamicimage: 'yes' }, '', 'dynamic'],
    [{ imagetype: 'static' }, 'dynamicimage yes', 'static'],
    [{ dynamicimage: 'yes' }, 'imagetype static', 'dynamic'],
    [{ dynamicimage: 'no' }, 'imagetype static', 'static'],
    [{ dynamicimage: 'yes', imagetype: 'dynamic' }, '', 'dynamic'],
  ] as const)('%j over %j is %s', (command, file, type) => {
    expect(effectiveImageType(resolve(command, file))).toBe(type);
  });

  test('a contradiction is refused', () => {
    expect(rejection(() => effectiveImageType(resolve({ dynamicimage: 'yes', imagetype: 'static' })))).toMatchObject({
      code: 'OPTION_INVALID',
      option: 'dynamicimage',
    });
  });
});
