import { describe, expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { fullName, shortestAbbreviation } from '#engine/policy/abbreviations.ts';
import { COMMANDS, shortestCommand } from './command-table.ts';
import { FOREIGN_COMMANDS, foreignCommand, foreignOption, withReasonOfName } from './foreign-commands.ts';

const answer = (line: string) => foreignCommand(line.split(' '), COMMANDS)?.details;

describe('commands of the original that are none here', () => {
  test.each(FOREIGN_COMMANDS.map(({ words }) => words))('%s %s is answered in full and at its shortest', (...words) => {
    const given = words.filter((word) => word !== undefined);
    for (const line of [given.map(fullName), given.map(shortestAbbreviation)]) {
      expect(answer(`${line.join(' ')} x`)).toMatchObject({
        reason: expect.stringMatching(/\.$/),
        remedy: expect.stringMatching(/\.$/),
      });
    }
  });

  test.each(['restore /home/a/letter.txt', 'res h:\\letter.txt', 'restore *.txt'])('%s', (line) => {
    expect(answer(line)).toMatchObject({ command: 'restore', reason: expect.stringContaining('single files') });
  });

  test('never takes a command of ours away', () => {
    for (const row of COMMANDS) {
      expect(answer(row.words.map(fullName).join(' '))).toBeUndefined();
      expect(answer(shortestCommand(row))).toBeUndefined();
    }
  });

  test.each(['backup image h:', 'restore image h:', 'query image', 'bakcup', 'restore', 'restore imgae'])(
    '%s is none',
    (line) => {
      expect(answer(line)).toBeUndefined();
    },
  );
});

describe('options of the original that are none here', () => {
  test.each([
    ['incre', 'restore image', '-incremental'],
    ['del', 'restore image', '-deletefiles'],
    ['INCREMENTAL', 'restore image', '-incremental'],
    ['deletefiles', 'restore image', '-deletefiles'],
  ])('-%s of %s', (typed, command, option) => {
    expect(foreignOption(typed, command)?.details).toMatchObject({
      option,
      reason: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  test.each(['incre', 'nonsense', '', 'm', 'mode'])('-%s of backup image is none', (typed) => {
    expect(foreignOption(typed, 'backup image')).toBeUndefined();
  });
});

describe('names of Windows', () => {
  test.each([
    ['h:', 'drive letter'],
    ['/root/h:', 'drive letter'],
    ['m:\\mnt\\myntfs', 'path of Windows'],
    ['\\\\win2stdvm\\e$', 'share'],
  ])('%s', (volume, words) => {
    const { details } = withReasonOfName(new EngineError('VOLUME_NOT_FOUND', { volume }));
    expect(details).toMatchObject({ volume, reason: expect.stringContaining(words) });
  });

  test('other names and errors stay as they are', () => {
    const missing = new EngineError('VOLUME_NOT_FOUND', { volume: '/dev/sdb1' });
    expect(withReasonOfName(missing)).toBe(missing);
    const busy = new EngineError('VOLUME_BUSY', { volume: 'h:' });
    expect(withReasonOfName(busy)).toBe(busy);
  });
});
