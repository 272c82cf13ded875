import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackupRequest, Volume } from '#contract';
import type { Ports } from '../ports.ts';
import { backupSettings } from './backup-settings.ts';
import { namesOf, optionOrDefault } from './options-in-force.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
let ports: Ports;
let volume: Volume;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillframe-in-force-'));
  const nothing = (): void => undefined;
  const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  ports = { directories: { config: folder, state: folder, data: folder }, logger } as unknown as Ports;
  await writeFile(join(folder, 'disk.img'), '');
  volume = { name: join(folder, 'disk.img'), mounts: [] as Volume['mounts'] } as Volume;
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const given = (text: string) => writeFile(join(folder, 'stillframe.opt'), text);
const settings = (request: Partial<BackupRequest> = {}) =>
  backupSettings({ volume: volume.name, ...request }, volume, ports);

test('a volume goes by its name, its mount points, and links that a rule names', async () => {
  const link = join(folder, 'by-label');
  await symlink('disk.img', link);
  const mounts = [{ mountPoint: '/home', readOnly: false, options: '', fsType: 'ext4' }];
  const rules = [link, '/elsewhere', `${folder}/*`].map((pattern) => ({ pattern }));
  expect((await namesOf({ ...volume, mounts }, rules)).sort()).toEqual(['/home', volume.name, link].sort());
});

test('an option of a broken file is at its default where the work must go on', async () => {
  await given('imageage soon\ncheckinterval 3\n');
  expect(await optionOrDefault('imageage', ports)).toBe(7);
  expect(await optionOrDefault('checkinterval', ports)).toBe(3);
});

describe('backupSettings', () => {
  test('the run over the rule over the file over the default', async () => {
    await given(
      `resourceutilization 2\ncompression no\ninclude.image ${volume.name} WEEKLY imagegapsize=1m mode=incremental\n`,
    );
    expect(await settings()).toMatchObject({
      gapBytes: 1024 ** 2,
      mode: 'incremental',
      managementClass: 'WEEKLY',
      compressionLevel: 0,
      threads: 2,
      excluded: undefined,
      inForce: { imagegapsize: '1m', compression: 'no', managementclass: 'WEEKLY', resourceutilization: '2' },
    });
    expect((await settings()).inForce.compressionlevel).toBeUndefined();
    const said = await settings({
      imageGapBytes: 4096,
      managementClass: 'MINE',
      compressionLevel: 3,
      mode: 'selective',
    });
    expect(said).toMatchObject({ gapBytes: 4096, managementClass: 'MINE', compressionLevel: 3, mode: 'selective' });
    expect(said.inForce).toMatchObject({ compression: 'yes', compressionlevel: '3' });
  });

  test('a volume that is excluded says by which line', async () => {
    await given('* all\nexclude.image *\n');
    expect((await settings()).excluded).toMatchObject({
      code: 'OPTION_INVALID',
      details: { option: 'exclude.image', value: '*', volume: volume.name, line: 2 },
    });
  });

  test.runIf(isRoot)('root runs no command of a rule that others may have written', async () => {
    await given('include.image * presnapshotcmd="/bin/true"\n');
    await chmod(folder, 0o755);
    expect((await settings()).snapshot.preCommand).toBe('/bin/true');
    await chmod(folder, 0o777);
    await expect(settings()).rejects.toMatchObject({ code: 'OPTION_INVALID', details: { option: 'presnapshotcmd' } });
    await given('include.image /elsewhere presnapshotcmd="/bin/true"\n');
    expect((await settings()).snapshot.preCommand).toBe('');
  });
});
