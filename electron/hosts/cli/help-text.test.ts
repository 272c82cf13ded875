import { describe, expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { OPTION_ROWS } from '#engine/policy/options.ts';
import { COMMANDS, commandName } from './command-table.ts';
import { helpText } from './help-text.ts';
import { HELP_TOPICS } from './help-topics.ts';

test('the overview names every command', () => {
  const lines = helpText({ kind: 'overview' });
  for (const row of COMMANDS) expect(lines.some((line) => line.startsWith(`  ${row.words.join(' ')}`))).toBe(true);
  expect(lines.at(-1)).toBe('Return codes: 0 done, 4 something was skipped, 8 warnings, 12 an error or cancelled.');
});

test('the help of a command', () => {
  const check = COMMANDS.filter((row) => commandName(row) === 'check');
  expect(helpText({ kind: 'commands', commands: check }).slice(0, 7)).toEqual([
    'Usage: stillframe Check [OPTIONS]',
    '',
    'Check the repository; with -readdata, every stored block.',
    '',
    'Options of check:',
    '  -READData',
    '      Read, decrypt and verify every stored block.',
  ]);
});

describe.each(COMMANDS.map((row) => [commandName(row), row] as const))('%s', (_, row) => {
  test('explains each of its options', () => {
    const lines = helpText({ kind: 'commands', commands: [row] });
    for (const option of row.options) {
      expect(lines.filter((line) => /^ {2}-(\w+)/.exec(line.toLowerCase())?.[1] === option)).toHaveLength(1);
    }
  });

  test('has a file that runs it', async () => {
    expect((await row.load()).run).toBeTypeOf('function');
  });
});

test('an option is explained with what it allows, where it can be set and which commands take it', () => {
  for (const option of OPTION_ROWS) {
    const text = helpText({ kind: 'option', option }).join('\n');
    for (const part of [`-${option.display}`, option.help, option.allowed, 'Can be set in'])
      expect(text).toContain(part);
  }
  const [gap] = OPTION_ROWS.filter(({ name }) => name === 'imagegapsize');
  expect(gap && helpText({ kind: 'option', option: gap })).toContainEqual(
    expect.stringMatching(/^Commands {7}backup image/),
  );
});

test('topics, options of others and messages', () => {
  for (const topic of HELP_TOPICS) {
    expect(helpText({ kind: 'topic', topic })).toEqual(topic.lines);
    expect(Math.max(...topic.lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  }
  expect(helpText({ kind: 'foreign', name: 'verbose' }).join(' ')).toContain('is run without it');
  expect(helpText({ kind: 'foreign', name: 'fromnode' }).join(' ')).toContain('is refused');
  expect(() => helpText({ kind: 'message', id: 'SFR0000I' })).toThrow(EngineError);
});

test('limits and defaults are told', () => {
  const backup = COMMANDS.filter((row) => commandName(row) === 'backup image');
  const text = helpText({ kind: 'commands', commands: backup }).join('\n');
  expect(text).toContain('Default 32k (0 to 4294967295 KB; suffix k, m or g, none means KB).');
  expect(text).toContain('Default 0 (TIME or FIRST,LAST; 0 to 999, suffix s or ms, none means s).');
  expect(text).toContain('  -SNAPSHOTCACHESize=NUMBER\n');
  expect(text).toContain('Default: as much as the writes of the moment ask for. Allowed: 1 to 100.');
  expect(text).toContain('  -PRESNapshotcmd=COMMAND\n');
});
