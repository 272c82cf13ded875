import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPTIONS_FILE_NAME, parseOptionsFile, readOptionsFile } from './options-file.ts';

const parse = (text: string) => {
  const { entries, warnings } = parseOptionsFile(text, '/etc/s.opt');
  return { entries: Object.fromEntries([...entries].map(([name, entry]) => [name, entry.value])), warnings };
};

describe('parseOptionsFile', () => {
  test('comments, blank lines, quotes, abbreviations, carriage returns', () => {
    const text = '* a comment\r\n\r\n  IMAGEG   64k\r\nrepository "/my store/one"\r\nmgmtclass \'WEEKLY\'\r\n';
    expect(parse(text)).toEqual({
      entries: { imagegapsize: '64k', repository: '/my store/one', managementclass: 'WEEKLY' },
      warnings: [],
    });
  });

  test.each([
    ['/bin/pause --now', '/bin/pause --now'],
    ['"/bin/pause now"', '/bin/pause now'],
    [`'echo "is paused"'`, 'echo "is paused"'],
    [`"echo 'is paused'"`, `echo 'is paused'`],
    // Quotes that belong to the command, not to the value.
    ['"/opt/my tool/pause" "my volume"', '"/opt/my tool/pause" "my volume"'],
    ["sh -c 'a; b' # * 'c'", "sh -c 'a; b' # * 'c'"],
    ['""', ''],
    ['', ''],
  ])('the command %s', (written, value) => {
    expect(parse(`presnapshotcmd ${written}`)).toEqual({ entries: { presnapshotcmd: value }, warnings: [] });
  });

  test('a flag without a value means yes', () => {
    expect(parse('dynamicimage').entries).toEqual({ dynamicimage: 'yes' });
  });

  test('unknown, ambiguous and misplaced options are warned about by line, and the rest holds', () => {
    const { entries, warnings } = parse('imagegapsz 1\n# not a comment here\nimaget static\nnoprompt yes\nquiet yes');
    expect(entries).toEqual({ quiet: 'yes' });
    expect(warnings).toEqual([
      '/etc/s.opt, line 1: the option “imagegapsz” is not known; the line was ignored.',
      '/etc/s.opt, line 2: the option “#” is not known; the line was ignored.',
      '/etc/s.opt, line 3: “imaget” could be imagetype or imagetofile; the line was ignored.',
      '/etc/s.opt, line 4: the option noprompt can only be given on the command line; the line was ignored.',
    ]);
  });

  test('the later of two lines holds, and that is said', () => {
    expect(parse('freespace zero\nfreespace discard')).toEqual({
      entries: { freespace: 'discard' },
      warnings: ['/etc/s.opt, line 2: freespace was already set in line 1; this line holds.'],
    });
  });

  test('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)));
  });
});

describe('readOptionsFile', () => {
  test('reads the file, knows an absent one, refuses an unreadable one', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'stillframe-options-'));
    try {
      expect(await readOptionsFile(directory)).toBeUndefined();
      await writeFile(join(directory, OPTIONS_FILE_NAME), 'freespace zero\n');
      expect((await readOptionsFile(directory))?.entries.get('freespace')).toEqual({ value: 'zero', line: 1 });
      expect(await readOptionsFile(join(directory, OPTIONS_FILE_NAME))).toBeUndefined();
      await rm(join(directory, OPTIONS_FILE_NAME));
      await mkdir(join(directory, OPTIONS_FILE_NAME));
      await expect(readOptionsFile(directory)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
