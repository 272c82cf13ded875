/** Tables made by other programs on sparse files, for tests. */
import { spawn } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { runProgram } from './run-program.ts';
import type { Workspace } from './workspace.ts';

export const MIB = 1024 * 1024;

/** An empty sparse file of this size. */
export async function emptyDisk(workspace: Workspace, name: string, sizeBytes: number): Promise<string> {
  const path = workspace.path(name);
  await writeFile(path, '');
  await truncate(path, sizeBytes);
  return path;
}

/** Feeds a script to sfdisk; rejects with what it said. */
export async function feedSfdisk(path: string, script: string): Promise<void> {
  const args = ['--quiet', '--no-reread', '--no-tell-kernel', '--wipe', 'never', '--wipe-partitions', 'never', path];
  const child = spawn('sfdisk', args, { stdio: ['pipe', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  child.stdin.end(script);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`sfdisk ended with ${code}: ${said}\n${script}`);
}

/** A disk image with the table of a script. */
export async function sfdiskImage(
  workspace: Workspace,
  script: string,
  options: { sizeBytes?: number; name?: string } = {},
): Promise<string> {
  const path = await emptyDisk(workspace, options.name ?? 'disk.img', options.sizeBytes ?? 64 * MIB);
  await feedSfdisk(path, script);
  return path;
}

/** `sfdisk --dump` without the line that names the device, and with the device's name cut off. */
export async function dumped(path: string): Promise<string> {
  const text = await runProgram('sfdisk', ['--dump', path]);
  return text.replaceAll(new RegExp(`${path}p?(?=\\d* :)`, 'g'), '').replace(/^device:.*\n/m, '');
}
