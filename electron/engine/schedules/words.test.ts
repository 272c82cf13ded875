import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../testing/workspace.ts';
import { assertWritable, cronWord, environmentWord, execWords } from './words.ts';

const command = promisify(execFile);

/** What people put into names, and what quoting has trouble with. */
const anyWord = fc
  .array(
    fc.oneof(
      fc.constantFrom('%', '%%', '%h', '$', '$$', '{HOME}', '$X', '"', "'", '\\', '\\n', '\\x41', ' ', ';', '#', '-'),
      fc.constantFrom('ü', '名', '😀', '\u00a0', '`', '*', '~', '{', '!', '&', '/dev/vg0/home'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
  .filter(isWritable);

function isWritable(text: string): boolean {
  try {
    assertWritable(text);
    return true;
  } catch {
    return false;
  }
}

/** As systemd.syntax(7) says: quotes, C escapes, then `%%` and, of arguments, `$$`. */
function readUnitWords(line: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < line.length; ) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    expect(line[at]).toBe('"');
    let word = '';
    for (at++; line[at] !== '"'; at++) {
      if (line[at] === '\\') at++;
      word += line[at];
    }
    at++;
    expect([' ', undefined]).toContain(line[at]);
    words.push(word);
  }
  return words.map((word, index) => {
    const specified = word.replaceAll(/%(.?)/g, (_, next) => {
      expect(next).toBe('%');
      return '%';
    });
    if (index === 0) return specified;
    return specified.replaceAll(/\$(.?)/g, (_, next) => {
      expect(next).toBe('$');
      return '$';
    });
  });
}

/** As systemd shows a command line in its log: quoted for a shell. */
function readShownWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quoted && character === '\\') word = (word ?? '') + line.charAt(++at);
    else if (character === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && character === ' ') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}

/** What crons make of a command before sh sees it: Vixie's, cronie's, busybox's. */
const CRONS: Record<string, (text: string) => string> = {
  vixie: (text) => withoutInput(text, '%\\'),
  cronie: (text) => withoutInput(text, '%'),
  busybox: (text) => text,
};

function withoutInput(text: string, escapable: string): string {
  let read = '';
  for (let at = 0; at < text.length && text[at] !== '%'; at++) {
    if (text[at] === '\\' && escapable.includes(text[at + 1] ?? ' ')) at++;
    read += text[at];
  }
  return read;
}

describe('words of a unit', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(anyWord, { minLength: 1, maxLength: 5 }), (words) => {
        expect(readUnitWords(execWords(words))).toEqual(words);
      }),
    );
  });

  test('of variables come back as they were', () => {
    fc.assert(
      fc.property(anyWord, (value) => {
        const [word] = readUnitWords(environmentWord('X', value));
        expect(word).toBe(`X=${value}`);
      }),
    );
  });

  test.runIf(existsSync('/usr/bin/systemd-analyze'))('are what systemd reads', async () => {
    await using workspace = await createWorkspace();
    const lines = fc.sample(fc.array(anyWord, { minLength: 1, maxLength: 4 }), 150);
    const unit = workspace.path('sample.service');
    const commands = lines.map((words) => `ExecStart=${execWords(['/bin/echo', ...words])}`);
    await writeFile(unit, ['[Service]', 'Type=oneshot', ...commands, ''].join('\n'));
    const { stdout, stderr } = await command('systemd-analyze', ['verify', '--man=no', unit], {
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', SYSTEMD_LOG_LEVEL: 'debug', SYSTEMD_LOG_TARGET: 'console' },
      maxBuffer: 64 * 1024 * 1024,
    });
    const shown = `${stdout}${stderr}`.split('\n').flatMap((line) => /Command Line: (.*)$/.exec(line)?.[1] ?? []);
    // `$$` becomes `$` only when it is run.
    const read = shown.map((line) => readShownWords(line).map((word) => word.replaceAll('$$', '$')));
    expect(read).toEqual(lines.map((words) => ['/bin/echo', ...words]));
  });

  test.each(['a\nb', 'a\rb', 'a\0b', 'a\tb', '\u0085', '\u2028', '\ud800', '\ufffe'])('cannot be %j', (word) => {
    expect(() => execWords(['/x', word])).toThrow(/SCHEDULE_INVALID/);
    expect(() => cronWord(word)).toThrow(/SCHEDULE_INVALID/);
  });
});

describe('words of a crontab', () => {
  test.each(Object.entries(CRONS))('come through %s and sh as they were', (_, cron) => {
    const words = fc.sample(anyWord, 400);
    const line = cron(['printf', '%s\\n', ...words].map(cronWord).join(' '));
    const shown = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8', env: {} });
    expect(shown.split('\n').slice(0, -1)).toEqual(words);
  });
});
