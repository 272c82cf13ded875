import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { COMMANDS, commandName, shortestCommand } from './command-table.ts';
import { parseCommandLine, wantsJson } from './grammar.ts';

/** Name, operands and options of a command line that is to be run. */
function parsed(line: string) {
  const result = parseCommandLine(line.split(' ').filter((word) => word !== ''));
  if (result.kind !== 'run') return result.kind;
  return { name: commandName(result.command), operands: result.operands, options: Object.fromEntries(result.options) };
}

function rejection(line: string) {
  try {
    parsed(line);
  } catch (error) {
    if (error instanceof EngineError) return { code: error.code, ...error.details };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('commands', () => {
  test.each([
    ['backup image /dev/a', 'backup image'],
    ['BACKUP IMAGE /dev/a', 'backup image'],
    ['b im /dev/a', 'backup image'],
    ['backup image', 'backup image'],
    ['q op /dev/a -det', 'query options'],
    ['res i /dev/a', 'restore image'],
    ['r image /dev/a', 'restore image'],
    ['q im', 'query image'],
    ['query vol', 'query volume'],
    ['q v', 'query volume'],
    ['ch', 'check'],
    ['init', 'init'],
    ['k l', 'key list'],
    ['key rem ab', 'key remove'],
    ['w', 'web'],
  ])('%s is %s', (line, name) => {
    expect(parsed(line)).toMatchObject({ name });
  });

  test('operands keep their case and order', () => {
    expect(parsed('restore image /Dev/A /Dev/B')).toMatchObject({ operands: ['/Dev/A', '/Dev/B'] });
  });

  test.each(['', '-help', '--help', '-?', '-h', 'help', '?', 'h', 'help backup', 'backup image -help'])(
    '%j asks for help',
    (line) => {
      expect(parsed(line)).toBe('help');
    },
  );

  test('help names the commands it is about', () => {
    const names = (line: string) => {
      const result = parseCommandLine(line.split(' '));
      return result.kind === 'help' ? result.commands.map(commandName) : [];
    };
    expect(names('help')).toEqual([]);
    expect(names('help q')).toEqual(COMMANDS.map(commandName).filter((name) => name.startsWith('query ')));
    expect(names('help b i')).toEqual(['backup image']);
    expect(names('restore image x -help')).toEqual(['restore image']);
    expect(() => names('help nonsense')).toThrow(EngineError);
  });

  test.each(['-version', '--version', '-v', 'query image -version'])('%s asks for the version', (line) => {
    expect(parsed(line)).toBe('version');
  });

  test('the shortest form of every command finds it, and so does every longer one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), fc.nat(), fc.nat(), (row, a, b) => {
        const extra = [a, b];
        const words = row.words.map((display, i) => {
          const shortest = shortestCommand(row).split(' ')[i]?.length ?? 0;
          return display.slice(0, shortest + ((extra[i] ?? 0) % (display.length - shortest + 1)));
        });
        const operands = Array.from({ length: row.operandCount.minimum }, () => 'x');
        expect(parsed([...words, ...operands].join(' '))).toMatchObject({ name: commandName(row) });
      }),
    );
  });
});

describe('errors in commands', () => {
  test.each([
    [
      'bakcup image x',
      { code: 'COMMAND_INVALID', reason: '“bakcup” is not a command.', remedy: 'Did you mean “backup”?' },
    ],
    ['query imgae', { reason: '“imgae” is not a command.', remedy: 'Did you mean “query image”?' }],
    ['backup', { reason: 'The command “backup” is not complete.', remedy: 'Follow it by “image”.' }],
    [
      'query',
      {
        reason: 'The command “query” is not complete.',
        remedy: expect.stringMatching(/^Follow it by “image”, .* or “/),
      },
    ],
    ['backup /dev/sda1', { reason: '“backup” cannot be followed by “/dev/sda1”.' }],
    [
      'restore image',
      {
        reason: '“restore image” needs SOURCE [DESTINATION].',
        remedy: 'Usage: stillframe restore image SOURCE [DESTINATION]',
      },
    ],
    ['check now', { reason: '“now” is one argument too many.' }],
    ['restore image a b c', { reason: '“c” is one argument too many.' }],
    ['-json', { reason: 'There is no command.' }],
    ['frobnicate', { reason: '“frobnicate” is not a command.' }],
  ])('%s', (line, details) => {
    expect(rejection(line)).toMatchObject({ code: 'COMMAND_INVALID', ...details });
  });
});

describe('options', () => {
  test.each([
    ['q im -detail', { detail: 'yes' }],
    ['q im -DET', { detail: 'yes' }],
    ['q im --detail', { detail: 'yes' }],
    ['q im -detail=no', { detail: 'no' }],
    ['b im -imageg=64k x', { imagegapsize: '64k' }],
    ['b im x -IMAGETY=static -mo=incr', { imagetype: 'static', mode: 'incr' }],
    ['-rep=/a=b q im', { repository: '/a=b' }],
    ['q im -rep=', { repository: '' }],
    ['b im x -mgmt=DAILY', { managementclass: 'DAILY' }],
    ['res im a b -imageto -nop', { imagetofile: 'yes', noprompt: 'yes' }],
  ])('%s', (line, options) => {
    expect(parsed(line)).toMatchObject({ options });
  });

  test('everything behind -- is an operand, and so is a lone hyphen', () => {
    expect(parsed('b im -- -odd-name')).toMatchObject({ operands: ['-odd-name'], options: {} });
    expect(parsed('b im -')).toMatchObject({ operands: ['-'] });
  });

  test.each([
    ['b im x -image=1', { option: '-image', reason: 'It could be -imagegapsize or -imagetype.' }],
    ['q im -imagegap=1', { reason: '“query image” does not take -imagegapsize.' }],
    ['b im x -imagegapsze=1', { reason: 'There is no such option.', remedy: 'Did you mean -imagegapsize?' }],
    ['b im x -wild', { remedy: '“stillframe help backup image” lists its options.' }],
    ['b im x -mode', { option: 'mode', reason: 'It needs a value: -mode=…' }],
    ['q im -detail -det', { option: 'detail', reason: 'It is given more than once.' }],
  ])('%s is refused', (line, details) => {
    expect(rejection(line)).toMatchObject({ code: 'OPTION_INVALID', ...details });
  });

  test.each(['-password=geheim', '-pass=geheim', '--password=geheim', '-pa=geheim'])(
    'a passphrase in %s is refused and not repeated',
    (option) => {
      const details = rejection(`q im ${option}`);
      expect(details).toMatchObject({ code: 'OPTION_INVALID', option: '-password' });
      expect(JSON.stringify(details)).not.toContain('geheim');
    },
  );

  test('any words parse or are refused as typed errors', () => {
    const word = fc.oneof(
      fc.constantFrom('backup', 'q', 'image', 'im', '-json', '-mode=x', '--', '-', '-='),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        try {
          parseCommandLine(argv);
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
          if (error instanceof EngineError) expect(['COMMAND_INVALID', 'OPTION_INVALID']).toContain(error.code);
        }
      }),
    );
  });
});

test.each([
  [['nonsense', '-json'], true],
  [['q', '-js'], true],
  [['q', '--JSON=yes'], true],
  [['q', '-json=no'], false],
  [['q', '--', '-json'], false],
  [['q'], false],
])('wantsJson(%j) is %s', (argv, expected) => {
  expect(wantsJson(argv)).toBe(expected);
});
