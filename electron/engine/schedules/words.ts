/** Words of a command line as systemd and cron read them. Both tables are lines of text without any way to hold a line end. */
import { EngineError } from '../base/errors.ts';
import { shellQuote } from '../base/shell-quote.ts';

/** Line ends, other control characters, halves of characters, and what systemd takes for no character. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/u;

/** Throws `SCHEDULE_INVALID` for a text that no unit file and no crontab can hold. */
export function assertWritable(text: string): void {
  if (!UNWRITABLE.test(text)) return;
  const shown = JSON.stringify(text);
  throw new EngineError('SCHEDULE_INVALID', {
    value: text,
    reason: `The name ${shown} has control characters, which neither a timer nor cron can hand over.`,
    remedy: 'Rename it, or use a link to it with another name.',
  });
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** One word of `Environment=` (systemd.exec(5)); `%` begins a specifier there, `$` means nothing. */
export function environmentWord(name: string, value: string): string {
  assertWritable(value);
  return quoted(`${name}=${value.replaceAll('%', '%%')}`);
}

/**
 * The words of `ExecStart=` (systemd.service(5), “Command lines”). In words after the first `$` begins a variable; the
 * first is a path, in which none is looked for.
 */
export function execWords([program = '', ...args]: readonly string[]): string {
  for (const word of [program, ...args]) assertWritable(word);
  const plain = (word: string): string => word.replaceAll('%', '%%');
  return [quoted(plain(program)), ...args.map((word) => quoted(plain(word).replaceAll('$', '$$$$')))].join(' ');
}

/**
 * A word for sh in a crontab. Crons differ in what they do with `%` and with backslashes, so neither is written: printf
 * gives them to the shell.
 */
export function cronWord(word: string): string {
  assertWritable(word);
  if (word === '') return "''";
  return word
    .split(/([%\\]|'+)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '%') return `"$(printf '\\045')"`;
      if (part === '\\') return `"$(printf '\\134')"`;
      return part.startsWith("'") ? `"${part}"` : shellQuote(part);
    })
    .join('');
}
