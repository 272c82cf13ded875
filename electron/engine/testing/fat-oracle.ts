/** FAT volumes for tests: filled by mtools without a mount, and judged by mtools and fsck.fat. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import { seeded, seededBelow, seededBytes } from './seeded.ts';
import type { Workspace } from './workspace.ts';

/** File names a call: the kernel bounds the length of a command line. */
const NAMES_A_CALL = 500;

/** Runs one of mtools. It would refuse volumes whose size is no multiple of a track. */
export async function mtools(program: string, image: string, ...args: string[]): Promise<string> {
  return await runProgram('env', ['MTOOLS_SKIP_CHECK=1', program, '-i', image, ...args]);
}

export interface FatAging {
  seed: number;
  /** Files written in all; about half are deleted again. */
  files: number;
  /** Files are at most this long, most are far shorter. */
  largestFileBytes: number;
}

/** Rounds of creating and deleting, so that what is left lies in pieces. Goes on where the volume is full. */
export async function ageFat(workspace: Workspace, image: string, options: FatAging): Promise<void> {
  const { seed, files, largestFileBytes } = options;
  const random = seeded(seed);
  const pattern = seededBytes(random, largestFileBytes);
  const perRound = Math.ceil(files / 4);
  let present: string[] = [];
  for (let round = 0; round < 4; round++) {
    const folder = workspace.path(`aging-${round}`);
    await mkdir(folder);
    await mtools('mmd', image, `::/round-${round}`);
    for (let index = 0; index < perRound; index++) {
      const length = Math.ceil(largestFileBytes * random() ** 3);
      await writeFile(join(folder, `file number ${index}.bin`), pattern.subarray(0, length));
    }
    const names = (await readdir(folder)).sort();
    for (let at = 0; at < names.length; at += NAMES_A_CALL) {
      const sources = names.slice(at, at + NAMES_A_CALL).map((name) => join(folder, name));
      await mtools('mcopy', image, '-Q', ...sources, `::/round-${round}`).catch((error: unknown) => {
        if (!/full|no space/i.test(String(error))) throw error;
      });
    }
    present = await listFat(image, 'files');
    const doomed = present.filter(() => seededBelow(random, 100) < 45);
    for (let at = 0; at < doomed.length; at += NAMES_A_CALL) {
      await mtools('mdel', image, ...doomed.slice(at, at + NAMES_A_CALL));
    }
  }
}

/** Paths of all files or folders, hidden ones too. */
export async function listFat(image: string, kind: 'files' | 'folders'): Promise<string[]> {
  const listing = await mtools('mdir', image, '-/', '-a', '-b', '::').catch((error: unknown) => {
    // An empty volume is an error to mdir.
    if (!String(error).includes('"::" not found')) throw error;
    return '';
  });
  const paths = listing.split('\n').filter((line) => line.startsWith('::/'));
  return paths.filter((path) => path.endsWith('/') === (kind === 'folders'));
}

/** Clusters that mtools finds by following the chain of every file and folder, the FAT32 root directory's too. */
export async function mtoolsClusters(image: string): Promise<Set<number>> {
  const folders = (await listFat(image, 'folders')).map((path) => path.replace(/\/$/, ''));
  const paths = ['::/', ...folders, ...(await listFat(image, 'files'))];
  const clusters = new Set<number>();
  for (let at = 0; at < paths.length; at += NAMES_A_CALL) {
    const shown = await mtools('mshowfat', image, ...paths.slice(at, at + NAMES_A_CALL));
    for (const [, first, last] of shown.matchAll(/ <(\d+)(?:-(\d+))?>/g)) {
      for (let cluster = Number(first); cluster <= Number(last ?? first); cluster++) clusters.add(cluster);
    }
  }
  return clusters;
}

/** The counts of `fsck.fat -n -v`'s last line; rejects where it finds anything to mend. */
export async function fsckFat(image: string): Promise<{ used: number; clusters: number; output: string }> {
  const output = await runProgram('fsck.fat', ['-n', '-v', image]);
  const [, used, clusters] = /(\d+)\/(\d+) clusters\s*$/.exec(output) ?? [];
  return { used: Number(used), clusters: Number(clusters), output };
}
