/**
 * The record of the abbreviations that were ever promised. Run as a program it adds what is new and takes nothing away:
 * an abbreviation that is written down must stay valid for ever, and a test says so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortestAbbreviation } from '#engine/policy/abbreviations.ts';
import { OPTION_ROWS } from '#engine/policy/options.ts';
import { COMMANDS, commandName, shortestCommand } from './command-table.ts';

/** Beside this file. */
export const RECORD = 'promised-abbreviations.txt';

/** `command backup image = b im`, `option imagegapsize = imageg`: what the tables promise today. */
export function promisedAbbreviations(): string[] {
  return [
    ...COMMANDS.flatMap((row) => [
      `command ${commandName(row)} = ${shortestCommand(row)}`,
      ...(row.aliases ?? []).map((alias) => `command ${commandName(row)} = ${shortestAbbreviation(alias)}`),
    ]),
    ...OPTION_ROWS.flatMap(({ name, display, aliases = [] }) =>
      [display, ...aliases].map((one) => `option ${name} = ${shortestAbbreviation(one)}`),
    ),
  ];
}

const HEADING = '* Abbreviations that must stay valid. “node electron/hosts/cli/abbreviation-record.ts” adds new ones.';

if (import.meta.main) {
  const path = join(import.meta.dirname, RECORD);
  const written = readFileSync(path, { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('*'));
  const all = [...new Set([...written, ...promisedAbbreviations()])].sort();
  writeFileSync(path, `${[HEADING, ...all].join('\n')}\n`);
}
