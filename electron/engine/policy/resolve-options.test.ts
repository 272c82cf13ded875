import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { formatOption, OPTION_ROWS, OPTIONS, type OptionName } from './options.ts';
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

describe('snapshotfsidlewait', () => {
  test.each([
    ['0', 0, 0],
    ['2', 2000, 2000],
    ['2s', 2000, 2000],
    ['500ms', 500, 500],
    ['2s,500ms', 2000, 500],
    ['4S,500MS', 4000, 500],
    ['4,2', 4000, 2000],
    ['1,0', 1000, 0],
    ['999s,999ms', 999_000, 999],
    ['1000ms', undefined, undefined],
    ['1000', undefined, undefined],
  ])('%s is %s ms down to %s ms', (text, firstMs, lastMs) => {
    const parse = () => parseOption('snapshotfsidlewait', text, paths);
    if (firstMs === undefined) expect(rejection(parse)).toMatchObject({ reason: 'The value is out of range.' });
    else expect(parse()).toEqual({ firstMs, lastMs });
  });

  test.each(['', ',', '2s,', ',2s', '1,1,1', '-1', '1.5s', '2m', ' 2s', '2s, 1s', '0x10', 's'])(
    '%j is none',
    (text) => {
      expect(rejection(() => parseOption('snapshotfsidlewait', text, paths))).toMatchObject({ code: 'OPTION_INVALID' });
    },
  );

  test('a wait that gets longer is refused', () => {
    const reason = 'The second time must not be longer than the first.';
    expect(rejection(() => parseOption('snapshotfsidlewait', '500ms,2s', paths))).toMatchObject({ reason });
    expect(rejection(() => parseOption('snapshotfsidlewait', '4,500', paths))).toMatchObject({ reason });
  });

  test('what is formatted parses to the same value', () => {
    const time = fc.oneof(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 0, max: 999 }).map((seconds) => seconds * 1000),
    );
    fc.assert(
      fc.property(time, time, (a, b) => {
        const wait = { firstMs: Math.max(a, b), lastMs: Math.min(a, b) };
        expect(parseOption('snapshotfsidlewait', formatOption('snapshotfsidlewait', wait), paths)).toEqual(wait);
      }),
    );
  });
});

describe('presnapshotcmd', () => {
  const COMMAND = '  mysql -e "FLUSH TABLES" && echo \'$done\' | tee >(cat)\n# ends with a blank ';

  test('is kept as it is', () => {
    expect(parseOption('presnapshotcmd', COMMAND, paths)).toBe(COMMAND);
    expect(formatOption('presnapshotcmd', COMMAND)).toBe(COMMAND);
  });

  test.each(['', ' ', '\t\n'])('%j is no command, and takes away the one in the file', (blank) => {
    expect(resolve({ presnapshotcmd: blank }, 'presnapshotcmd /bin/pause').values.presnapshotcmd).toBe('');
  });

  test('cannot hold a zero character', () => {
    expect(rejection(() => parseOption('presnapshotcmd', 'a\0b', paths))).toMatchObject({ code: 'OPTION_INVALID' });
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
    ['snapshotcachesize', '100', 100],
    ['snapshotcachelocation', '/dev/sdb1', '/dev/sdb1'],
    ['snapshotfsidleretries', '9999', 9999],
    ['snapshotfsidleaction', 'Continue', 'continue'],
    ['changetrackingaudit', '0', 0],
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
    ['snapshotcachesize', '0'],
    ['snapshotcachesize', '101'],
    ['snapshotcachesize', ''],
    ['snapshotfsidleretries', '10000'],
    ['snapshotcmdtimelimit', '0'],
    ['snapshotcmdtimelimit', '86401'],
    ['freezetimelimit', '3601'],
    ['changetrackingaudit', '0.5'],
    ['changetrackingfull', '0'],
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
      snapshotfailover: true,
      snapshotfsidlewait: { firstMs: 0, lastMs: 0 },
      snapshotfsidleretries: 50,
      snapshotfsidleaction: 'fail',
      presnapshotcmd: '',
      postsnapshotcmd: '',
      snapshotcmdtimelimit: 300,
      freezetimelimit: 600,
      changetracking: true,
      changetrackingaudit: 1,
      changetrackingfull: 10,
    });
    expect(values.imagetype).toBeUndefined();
    expect(values.snapshotproviderimage).toBeUndefined();
    expect(values.snapshotcachesize).toBeUndefined();
    expect(values.snapshotcachelocation).toBeUndefined();
  });

  test('every display spells its key, every default parses, and every help is one line', () => {
    for (const row of OPTION_ROWS) {
      expect(row.display.toLowerCase()).toBe(row.name);
      expect(row.help).toMatch(/^[^\n]{10,130}\.$/);
      if (row.fallbackText !== '')
        expect(parseOption(row.name, row.fallbackText, paths)).toEqual(OPTIONS[row.name].fallback);
      expect(row.places.includes('environment')).toBe(row.variable !== undefined);
    }
  });

  test('no option takes a passphrase from an argument', () => {
    const secretive = OPTION_ROWS.filter((row) => /password|passphrase|key/.test(row.name));
    expect(secretive.filter((row) => row.kind !== 'path').map((row) => [row.name, row.values])).toEqual([
      ['passwordaccess', ['generate', 'prompt']],
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
