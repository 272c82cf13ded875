import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchAbbreviation, shortestAbbreviation } from '../abbreviations.ts';
import { checkChanges } from '../check-changes.ts';
import { FOREIGN_OPTIONS } from './foreign-names.ts';
import { parseForeign } from './parse-foreign.ts';
import { readForeignOptions } from './read-foreign.ts';

const DSM_SYS = `* dsm.sys of a real machine
SErvername  first
   COMMMethod         TCPip
   TCPServeraddress   tsm.example.org
   PASSWORDAccess     generate
   compressi          no
   IMAGEG             1m
   snapshotproviderimage LINUX_LVM
   snapshotcachesize  95
   domain.image /home "/mnt/my disk"
   domain.image d: /srv
   include.image /home WEEKLY dynamicimage=yes imagegapsize=64k presnapshotcmd="/bin/stop db"
   exclude.image /dev/sd[cd]*
   include /etc/.../* CONF
   presnapshotcmd "/bin/stop db"
   password secret
   frobnicate yes
SErvername  second
   compression yes
`;

describe('parseForeign', () => {
  const { changes, understood, notUnderstood } = parseForeign(DSM_SYS);
  const reasonOf = (line: number) => notUnderstood.filter((one) => one.line === line).map(({ reason }) => reason);

  test('what has a meaning here becomes a change', () => {
    expect(changes.set).toEqual({
      passwordaccess: 'generate',
      compression: 'no',
      imagegapsize: '1m',
      snapshotproviderimage: 'LINUX_LVM',
      snapshotcachesize: '95',
    });
    expect(changes.domain).toEqual(['/home', '/mnt/my disk', '/srv']);
    expect(changes.rules).toEqual([
      {
        kind: 'include.image',
        pattern: '/home',
        managementClass: 'WEEKLY',
        options: { dynamicimage: 'yes', imagegapsize: '64k' },
      },
      { kind: 'exclude.image', pattern: '/dev/sd[cd]*', managementClass: '', options: {} },
    ]);
    expect(understood).toContainEqual({ line: 6, text: 'compressi          no', as: 'compression no' });
  });

  test('everything else has a reason', () => {
    expect(reasonOf(4)).toEqual(['tcpserveraddress: Stillframe has no server; images go to a repository.']);
    expect(reasonOf(11)).toEqual(['domain.image: “d:” is no volume of this system.']);
    const command = 'presnapshotcmd: commands are set in the options file by an administrator, not here.';
    expect(reasonOf(12)).toEqual([command]);
    expect(reasonOf(14)).toEqual([
      'include: Stillframe makes images of whole volumes; there are no rules for single files.',
    ]);
    expect(reasonOf(15)).toEqual([command]);
    expect(reasonOf(17)).toEqual(['frobnicate: this option is not known.']);
    expect(reasonOf(19)).toEqual(['It belongs to the server second; only one server’s options are taken over.']);
  });

  test('a passphrase is repeated nowhere', () => {
    expect(JSON.stringify(notUnderstood)).not.toContain('secret');
    expect(reasonOf(16)).toEqual(['password: the passphrase of a repository is never in an options file.']);
  });

  test('the server that the file prefers is the one that counts', () => {
    const { changes: preferred } = parseForeign(`DEFAULTServer second\n${DSM_SYS}`);
    expect(preferred.set).toEqual({ compression: 'yes' });
  });

  test.each([
    ['snapshotproviderimage VSS', 'VSS snapshots are Windows’.'],
    ['snapshotproviderimage jfs2', 'JFS2 snapshots are AIX’s.'],
    ['imagegapsize lots', 'The value must be a whole number'],
    ['snapshotcachesize 0', 'out of range'],
    ['snapshotcachelocation d:\\cache', 'Only absolute paths'],
    ['resourceutilization 10', 'sessions'],
    ['language esp', 'English and German'],
    ['include.image d: WEEKLY', 'no volume of this system'],
    ['include.image "/x', 'a quote is not closed'],
    ['include.image', 'there is no volume'],
    ['inclexcl /etc/inclexcl.def', 'imported by opening that file'],
  ])('%s', (line, reason) => {
    const found = parseForeign(line);
    expect(found.changes).toEqual({ set: {}, rules: [], domain: [] });
    expect(found.notUnderstood).toMatchObject([{ line: 1, text: line, reason: expect.stringContaining(reason) }]);
  });

  test.each([
    ['language DEU', 'de'],
    ['LANG en_US', 'en'],
  ])('%s', (line, language) => expect(parseForeign(line).changes.set).toEqual({ language }));

  test('whatever the text, what is taken over could be saved', () => {
    const name = fc.constantFrom(...FOREIGN_OPTIONS.map(({ display }) => display));
    const word = fc.string({ unit: fc.constantFrom('/', 'a', '1', '=', '"', "'", ' ', '*', 'k', '\0', '\u2028', 'ä') });
    const line = fc.oneof(
      fc.tuple(name, word).map((parts) => parts.join(' ')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const found = parseForeign(lines.join('\n'));
        const context = { rules: [], paths: { workingDirectory: '/', homeDirectory: '/' } };
        expect(checkChanges(found.changes, context).problems).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('a huge file is read in part', () => {
    const started = performance.now();
    const found = parseForeign(`${'include.image /x\n'.repeat(30_000)}domain.image ${'/y '.repeat(100_000)}`);
    expect(found.changes.rules).toHaveLength(1000);
    expect(found.notUnderstood.at(-1)?.reason).toContain('the rest was not read');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test('every name of the table is found by its shortest form', () => {
  for (const option of FOREIGN_OPTIONS) {
    const same = FOREIGN_OPTIONS.filter(({ display }) => display.includes('.') === option.display.includes('.'));
    expect(matchAbbreviation(option.display, same)).toEqual({ kind: 'found', value: option });
    expect(matchAbbreviation(shortestAbbreviation(option.display), same)).toEqual({ kind: 'found', value: option });
  }
});

describe('readForeignOptions', () => {
  test('reads Latin-1, UTF-8 and UTF-16, and nothing that is no options file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stillframe-foreign-'));
    try {
      const line = 'include.image /späte WEEKLY\r\n';
      for (const [name, bytes] of [
        ['dsm.opt', Buffer.from(line, 'latin1')],
        ['dsm.sys', Buffer.from(line)],
        ['dsm.opt.old', Buffer.from(`\uFEFF${line}`, 'utf16le')],
      ] as const) {
        await writeFile(join(folder, name), bytes);
        const { path, changes } = await readForeignOptions(join(folder, name));
        expect(path).toBe(join(folder, name));
        expect(changes.rules).toMatchObject([{ pattern: '/späte' }]);
      }
      await writeFile(join(folder, 'shadow'), 'root:$y$');
      await symlink('shadow', join(folder, 'link.opt'));
      for (const name of ['shadow', 'link.opt', 'missing.opt', '\0.opt']) {
        await expect(readForeignOptions(join(folder, name))).rejects.toMatchObject({ code: 'OPTION_INVALID' });
      }
      await expect(readForeignOptions(folder)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
