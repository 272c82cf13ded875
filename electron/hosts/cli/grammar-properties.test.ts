/** What holds of every command and every option, whatever the tables say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Abbreviable, fullName, shortestAbbreviation } from '#engine/policy/abbreviations.ts';
import { OPTION_ROWS, type OptionName } from '#engine/policy/options.ts';
import { parseOptionsFile } from '#engine/policy/options-file.ts';
import { quoteValue } from '#engine/policy/options-line.ts';
import { parseOption, resolveOptions } from '#engine/policy/resolve-options.ts';
import { quoteWord, splitWords } from '#engine/policy/words.ts';
import { lineText, validText } from '#engine/testing/option-arbitraries.ts';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, commandName } from './command-table.ts';
import { wordsAt } from './command-words.ts';
import { commandLine, commandWords } from './format-command.ts';
import { optionsOf } from './option-words.ts';
import { outcome, run } from './parsed-words.ts';

/** A command with whatever options and operands it takes. */
const anyCommand = fc.constantFrom(...COMMANDS).chain((command) => {
  const { minimum, maximum } = command.operandCount;
  const operand = fc.oneof(
    lineText.filter((text) => text !== ''),
    fc.constantFrom('-', '--', '-mode=x', '--json', 'help', '*', '/dev/disk/by-label/My Disk'),
  );
  return fc.record({
    command: fc.constant(command),
    operands: fc
      .array(operand, { minLength: minimum, maxLength: Math.min(maximum, minimum + 3) })
      // A word that would make the command another one is no operand of this one.
      .filter(([first]) => first === undefined || !isLonger(command, first)),
    options: fc
      .subarray([...optionsOf(command)])
      .chain((rows) => fc.tuple(...rows.map((row) => fc.tuple(fc.constant(row.name), validText(row)))))
      .map((pairs) => new Map<OptionName, string>(pairs)),
  });
});

function isLonger(command: CommandRow, word: string): boolean {
  const { length } = command.words;
  return COMMANDS.some(
    (row) =>
      row.words.length > length &&
      command.words.every((own, i) => row.words[i] === own) &&
      fullName(row.words[length] ?? '').startsWith(word.toLowerCase()),
  );
}

describe('a command that is written and read is the same', () => {
  test('as words', () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        expect(run(commandWords(command))).toEqual({ kind: 'run', ...command, notes: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('as a line of a macro', () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        expect(run(splitWords(commandLine(command)) ?? [])).toEqual({ kind: 'run', ...command, notes: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('with its options anywhere, in any case, abbreviated as promised, with one hyphen or two', () => {
    const order = fc.array(fc.nat(), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(anyCommand, order, fc.boolean(), fc.boolean(), (command, at, upper, two) => {
        fc.pre(command.operands.every((operand) => !operand.startsWith('-')));
        const words = [...commandName(command.command).split(' '), ...command.operands];
        let next = 0;
        for (const [name, value] of command.options) {
          const short = shortestAbbreviation(OPTION_ROWS.find((row) => row.name === name)?.display ?? name);
          const typed = `${two ? '--' : '-'}${upper ? short.toUpperCase() : short}=${value}`;
          words.splice((at[next++] ?? 0) % (words.length + 1), 0, typed);
        }
        const parsed = run(words);
        expect(parsed.operands).toEqual(command.operands);
        expect(Object.fromEntries(parsed.options)).toEqual(Object.fromEntries(command.options));
      }),
      { numRuns: 300 },
    );
  });
});

/** Options with a command that takes them. */
const TAKEN = OPTION_ROWS.flatMap((row) => {
  const command = COMMANDS.find((one) => optionsOf(one).includes(row));
  return command ? [[row.name, row, command] as const] : [];
});

test.each(TAKEN)('-%s on the command line holds over the environment, the rule and the file', (name, row, command) => {
  const operands = Array.from({ length: command.operandCount.minimum }, () => 'x');
  const paths = { workingDirectory: '/work', homeDirectory: '/home/ada' };
  fc.assert(
    fc.property(validText(row), validText(row), (typed, other) => {
      const written = quoteValue(other) ?? '';
      const ruled = row.places.includes('rule') ? `include.image * X ${name}=${quoteWord(other)}` : '';
      const filed = row.places.includes('file') ? `${name} ${row.kind === 'list' ? other : written}` : '';
      const words = [...commandName(command).split(' '), `-${name}=${typed}`, ...operands];
      const { values, sources } = resolveOptions({
        command: run(words).options,
        environment: row.variable === undefined ? {} : { [row.variable]: other },
        file: parseOptionsFile(`${filed}\n${ruled}`, '/etc/stillframe.opt'),
        volume: ['/home'],
        paths,
      });
      expect(sources[name]).toEqual({ from: 'command' });
      expect(values[name]).toEqual(parseOption(name, typed, paths));
    }),
    { numRuns: 20 },
  );
});

/** What a prefix must mean: the one whose full name it is, else the one that promises it, else the only one. */
function meaningOf<T extends Abbreviable>(typed: string, candidates: readonly T[]): T | undefined {
  const displays = ({ display, aliases = [] }: T) => [display, ...aliases];
  const begun = candidates.filter((one) => displays(one).some((text) => fullName(text).startsWith(typed)));
  const whole = begun.filter((one) => displays(one).some((text) => fullName(text) === typed));
  const promised = begun.filter((one) =>
    displays(one).some((text) => fullName(text).startsWith(typed) && typed.startsWith(shortestAbbreviation(text))),
  );
  const [meant, ...others] = [whole, promised, begun].find((rows) => rows.length > 0) ?? [];
  return others.length === 0 ? meant : undefined;
}

/** Every prefix of every word, each once. */
function prefixesOf(candidates: readonly Abbreviable[]): string[] {
  const words = candidates.flatMap(({ display, aliases = [] }) => [display, ...aliases].map(fullName));
  return [...new Set(words.flatMap((word) => [...word].map((_, i) => word.slice(0, i + 1))))];
}

describe('no prefix is ever guessed', () => {
  test('of words of commands, at every position', () => {
    const positions = new Set(COMMANDS.flatMap(({ words }) => words.map((_, i) => words.slice(0, i).join('\0'))));
    for (const before of positions) {
      const leading = before === '' ? [] : before.split('\0');
      const rows = COMMANDS.filter(({ words }) => leading.every((word, i) => words[i] === word));
      const candidates = wordsAt(leading.length, rows);
      for (const typed of prefixesOf(candidates)) {
        if (leading.length === 0 && 'help'.startsWith(typed)) continue;
        const meant = meaningOf(typed, candidates);
        const line = [...leading.map(fullName), typed];
        if (meant === undefined) {
          // Refused in whatever way: another client may have promised it to a command that is none here.
          expect([...COMMANDS.map(commandName), 'help', 'version']).not.toContain(outcome(line));
          continue;
        }
        const whole = [...leading.map(fullName), fullName(meant.display)];
        expect([line, outcome(line)]).toEqual([line, outcome(whole)]);
      }
    }
  });

  test.each(COMMANDS.map((row) => [commandName(row), row] as const))('of options of %s', (name, row) => {
    const operands = Array.from({ length: row.operandCount.minimum }, () => 'x');
    const rows = optionsOf(row);
    for (const typed of prefixesOf(rows)) {
      if (typed === 'h' || typed === 'v' || typed === 'help' || typed === 'version') continue;
      const meant = meaningOf(typed, rows);
      const line = [...name.split(' '), ...operands, `-${typed}=x`];
      if (meant === undefined) {
        // “pa” could be the passphrase itself, which is refused with a reason of its own.
        expect([line, outcome(line)]).toEqual([line, expect.stringMatching(/could be|passphrase/)]);
      } else if (!'password'.startsWith(typed) || typed.length < 2) {
        expect([line, [...run(line).options]]).toEqual([line, [[meant.name, 'x']]]);
      }
    }
  });
});
