import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS, commandName } from '../command-table.ts';
import { complete } from './complete.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillframe-complete-'));
  await mkdir(join(folder, 'images'));
  await writeFile(join(folder, 'images', 'my disk.img'), '');
  await writeFile(join(folder, 'nightly.mac'), '');
});

afterAll(() => rm(folder, { recursive: true }));

async function completed(line: string) {
  const volumes = async () => ['/dev/sda1', '/dev/sda2', '/home'];
  return await complete(line, { volumes, workingDirectory: folder });
}

describe('a line is completed', () => {
  test.each([
    ['res', ['restore '], 'res'],
    ['RES', ['restore '], 'RES'],
    ['k ', ['list ', 'add ', 'remove '], ''],
    ['b im -snapshotcachel', ['-snapshotcachelocation='], '-snapshotcachel'],
    ['b im --IMAGEG', ['--imagegapsize='], '--IMAGEG'],
    ['q im -det', ['-detail '], '-det'],
    ['b im -mo=', ['-mo=selective ', '-mo=incremental '], '-mo='],
    ['b im -mode=I', ['-mode=incremental '], '-mode=I'],
    ['b im -dyn=', ['-dyn=yes ', '-dyn=no '], '-dyn='],
    ['b im -nonsense=', [], '-nonsense='],
    ['b im /dev', ['/dev/sda1 ', '/dev/sda2 ', '/dev/'], '/dev'],
    ['b im -mode=selective /ho', ['/home ', '/home/'], '/ho'],
    ['b im im', ['images/'], 'im'],
    ['b im images/', ['"images/my disk.img" '], 'images/'],
    ['b im "images/my', ['"images/my disk.img" '], '"images/my'],
    ['macro n', ['nightly.mac '], 'n'],
    ['q im -passwordf=nig', ['-passwordf=nightly.mac '], '-passwordf=nig'],
    ['completion z', ['zsh '], 'z'],
    ['help cod', ['codes '], 'cod'],
    ['help key r', ['remove '], 'r'],
    ['nonsense ', [], ''],
    ['check ', [], ''],
  ])('%j', async (line, candidates, last) => {
    const [found, replaced] = await completed(line);
    expect([found.filter((one) => candidates.includes(one)), replaced]).toEqual([candidates, last]);
    if (!line.includes('/')) expect(found).toEqual(candidates);
  });

  test('every command is found from its beginning, word by word', async () => {
    for (const row of COMMANDS) {
      const words = commandName(row).split(' ');
      for (const [i, word] of words.entries()) {
        const [found] = await completed([...words.slice(0, i), word.slice(0, -1)].join(' '));
        expect(found).toContain(`${word} `);
      }
    }
  });

  test('whatever was typed, the last word is the end of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (line) => {
        const [, last] = await completed(line);
        expect(line.endsWith(last)).toBe(true);
      }),
    );
  });
});
