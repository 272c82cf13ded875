import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { COMMANDS, commandName, shortestCommand } from './command-table.ts';
import { parseCommandLine } from './grammar.ts';
import { holdsSecret, wantsJson } from './option-words.ts';

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

  test('no command is a session, with the options that were given', () => {
    expect(parsed('')).toMatchObject({ name: 'loop', options: {} });
    expect(parsed('-json -rep=/r')).toMatchObject({ name: 'loop', options: { json: 'yes', repository: '/r' } });
  });

  test.each(['-help', '--help', '-?', '-h', 'help', '?', 'h', 'help backup', 'backup image -help'])(
    '%j asks for help',
    (line) => {
      expect(parsed(line)).toBe('help');
    },
  );

  test('help names the commands it is about', () => {
    const names = (line: string) => {
      const result = parseCommandLine(line.split(' '));
      return result.kind === 'help' && result.subject.kind === 'commands'
        ? result.subject.commands.map(commandName)
        : [];
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

  test.each([
    ['help', { kind: 'overview' }],
    ['help check', { kind: 'commands' }],
    ['help imagegapsize', { kind: 'option', option: { name: 'imagegapsize' } }],
    ['help -imageg', { kind: 'option', option: { name: 'imagegapsize' } }],
    ['help asnodename', { kind: 'foreign', name: 'asnodename' }],
    ['help -replace', { kind: 'foreign', name: 'replace' }],
    ['help syn', { kind: 'topic', topic: { display: 'SYNtax' } }],
    ['help sfr1228e', { kind: 'message', id: 'SFR1228E' }],
    ['? ANS1228E', { kind: 'message', id: 'ANS1228E' }],
    ['h 1228', { kind: 'message', id: '1228' }],
  ])('%s is about %j', (line, subject) => {
    expect(parseCommandLine(line.split(' '))).toMatchObject({ kind: 'help', subject });
  });

  test.each(['help -imaget', 'help -nonsense', 'help nonsense'])('%s is refused', (line) => {
    expect(rejection(line)).toMatchObject({ code: 'COMMAND_INVALID' });
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
    ['key remove', { reason: '“key remove” needs ID.', remedy: 'Usage: stillframe key remove ID' }],
    ['check now', { reason: '“now” is one argument too many.' }],
    ['restore image a b c', { reason: '“c” is one argument too many.' }],
    [
      'incremental h:',
      { reason: expect.stringContaining('single files'), remedy: expect.stringContaining('backup image') },
    ],
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
    [
      'restore image h: -incre -del',
      { option: '-incremental', reason: expect.stringContaining('every image is complete') },
    ],
    ['b im x -mode', { option: 'mode', reason: 'It needs a value: -mode=…' }],
    ['q im -asnodename=x', { option: '-asnodename', reason: 'Stillframe has no server; images go to a repository.' }],
    ['q im -fromn=x', { option: '-fromnode' }],
    ['q im -backupsetname=x', { reason: 'Stillframe has no backup sets; every image is in a repository.' }],
    ['res im a -replace=no', { option: '-replace', reason: 'It is about restoring single files.' }],
    ['res im a -deduplication=no', { option: '-deduplication' }],
    ['q im -detail -det', { option: 'detail', reason: 'It is given more than once.' }],
  ])('%s is refused', (line, details) => {
    expect(rejection(line)).toMatchObject({ code: 'OPTION_INVALID', ...details });
  });

  test('what changes nothing is left out with a note', () => {
    const line = 'res im a -verbose -replace=all -tapep=no -subdir=yes -txnb=1m -enablelanfree=no';
    const result = parseCommandLine(line.split(' '));
    expect(result).toMatchObject({ kind: 'run', options: new Map() });
    expect(result.kind === 'run' && result.notes).toEqual([
      '-verbose was left out: messages cannot be made longer.',
      '-replace was left out: it is about restoring single files.',
      expect.stringContaining('-tapeprompt was left out'),
      expect.stringContaining('-subdir was left out'),
      expect.stringContaining('-txnbytelimit was left out'),
      expect.stringContaining('-enablelanfree was left out'),
    ]);
  });

  test.each(['-password=geheim', '-pass=geheim', '--password=geheim', '-pa=geheim'])(
    'a passphrase in %s is refused and not repeated',
    (option) => {
      const details = rejection(`q im ${option}`);
      expect(details).toMatchObject({ code: 'OPTION_INVALID', option: '-password' });
      expect(JSON.stringify(details)).not.toContain('geheim');
    },
  );

  test('help and hints have the name that the program was started under', () => {
    const reason = () => parseCommandLine(['key', 'remove'], 'dsmc');
    expect(reason).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ remedy: expect.stringMatching(/^Usage: dsmc /) }) }),
    );
  });

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

describe('passphrases as arguments', () => {
  test.each([
    'set password geheim neu',
    'dsmc SET PASSWORD geheim',
    'set p "geheim',
    "set pa 'ge heim' x -json",
    'set -json password geheim',
    'key add geheim',
    'k a -newp=/x geheim',
    'q im -password=geheim',
  ])('are recognized: %s', (line) => {
    expect(holdsSecret(line)).toBe(true);
  });

  test.each([
    'set password',
    'set password -newpasswordfile=/x',
    'set mgmtclass password',
    'key add',
    'pin image a',
    '',
  ])('are not seen where there are none: %s', (line) => {
    expect(holdsSecret(line)).toBe(false);
  });
});

test('help about help is the overview', () => {
  expect(parseCommandLine(['help', 'help'])).toEqual(parseCommandLine(['help']));
});
