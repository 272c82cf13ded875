/** Abbreviations that scripts use stay valid. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EngineError } from '#engine/base/errors.ts';
import { matchAbbreviation } from '#engine/policy/abbreviations.ts';
import { OPTION_ROWS } from '#engine/policy/options.ts';
import { promisedAbbreviations, RECORD } from './abbreviation-record.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, commandName } from './command-table.ts';
import { optionsOf } from './option-words.ts';
import { outcome, run } from './parsed-words.ts';

describe('abbreviations that were promised', () => {
  const written = readFile(join(import.meta.dirname, RECORD), 'utf8').then((text) =>
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('*'))
      .map((line) => line.split(' = ') as [string, string]),
  );

  test('are kept: scripts use them', async () => {
    const record = await written;
    expect(record.length).toBeGreaterThan(50);
    for (const [what, short] of record) {
      const [kind, ...rest] = what.split(' ');
      const name = rest.join(' ');
      if (kind === 'command') {
        expect([what, commandOf(short)]).toEqual([what, name]);
        continue;
      }
      // In the options file, too.
      expect([what, matchAbbreviation(short, OPTION_ROWS)]).toEqual([
        what,
        { kind: 'found', value: expect.objectContaining({ name }) },
      ]);
      for (const row of COMMANDS.filter((one) => takes(one, name))) {
        expect([what, commandName(row), optionOf(short, row)]).toEqual([what, commandName(row), name]);
      }
    }
  });

  test('are recorded; if not: node_modules/.bin/node electron/hosts/cli/abbreviation-record.ts', async () => {
    const record = new Set((await written).map((pair) => pair.join(' = ')));
    expect(promisedAbbreviations().filter((line) => !record.has(line))).toEqual([]);
  });
});

function commandOf(short: string): string {
  const words = short.split(' ');
  for (const operands of [[], ['x'], ['x', 'x']]) {
    const result = outcome([...words, ...operands]);
    if (COMMANDS.some((row) => commandName(row) === result)) return result;
  }
  return outcome(words);
}

function takes(row: CommandRow, name: string): boolean {
  return optionsOf(row).some((option) => option.name === name);
}

/** The option that an abbreviation stands for in a command. */
function optionOf(short: string, row: CommandRow): string | undefined {
  const operands = Array.from({ length: row.operandCount.minimum }, () => 'x');
  try {
    return [...run([...commandName(row).split(' '), ...operands, `-${short}=x`]).options][0]?.[0];
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
