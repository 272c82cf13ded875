import { describe, expect, it } from 'vitest';
import { SupportService } from '../support-service.ts';
import { describeSupport, type SupportFacts } from './describe-support.ts';
import { findPackageManager, hasProgram, PACKAGE_MANAGERS } from './package-managers.ts';
import { runPackageCommand } from './run-package-command.ts';

const [apt] = PACKAGE_MANAGERS;

const FACTS: SupportFacts = {
  manager: apt,
  installed: { lvm2: true, 'thin-provisioning-tools': true },
  deviceMapper: true,
  kernelFileSystems: ['ext4', 'xfs'],
  groups: [],
};

const lvmOf = (facts: Partial<SupportFacts>) =>
  describeSupport({ ...FACTS, ...facts }).find(({ provider }) => provider === 'LINUX_LVM');

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

describe('what a provider needs', () => {
  it('offers to install what is missing, word for word', () => {
    const lvm = lvmOf({ installed: { lvm2: false, 'thin-provisioning-tools': false } });
    expect(lvm?.state).toBe('installable');
    expect(lvm?.actions).toEqual([
      expect.objectContaining({ action: 'install', command: 'apt-get install --yes lvm2 thin-provisioning-tools' }),
    ]);
  });

  it('offers removal only where no volume group needs the programs', () => {
    expect(lvmOf({})?.actions.map(({ action }) => action)).toEqual(['update', 'remove']);
    const groups = [{ name: 'vg0', totalBytes: 2 ** 30, freeBytes: 2 ** 20 }];
    const used = lvmOf({ groups });
    expect(used?.actions.map(({ action }) => action)).toEqual(['update']);
    expect(used?.spaces).toEqual(groups);
  });

  it('offers nothing where no package manager is known, or the kernel has no device-mapper', () => {
    expect(lvmOf({ manager: undefined })?.actions).toEqual([]);
    expect(lvmOf({ deviceMapper: false })?.state).toBe('absent');
  });

  it('knows the providers of other platforms', () => {
    const others = describeSupport(FACTS).filter(({ provider }) => provider === 'VSS' || provider === 'JFS2');
    expect(others.map(({ state, status }) => [state, status])).toEqual([
      ['absent', 'Only on Windows.'],
      ['absent', 'Only on AIX.'],
    ]);
  });

  it('finds file systems of the kernel', () => {
    const reflink = (kernelFileSystems: string[]) =>
      describeSupport({ ...FACTS, kernelFileSystems }).find(({ provider }) => provider === 'REFLINK');
    expect(reflink(['xfs'])?.state).toBe('ready');
    expect(reflink(['ext4'])?.state).toBe('absent');
  });
});

describe('on this computer', () => {
  it('looks without changing anything, and commands stay inside', async () => {
    const providers = await new SupportService({ logger: SILENT }).providers();
    expect(providers.map(({ provider }) => provider)).toContain('LINUX_LVM');
    for (const provider of providers) expect(provider).not.toHaveProperty('commands');
  });

  it('refuses what was not offered', async () => {
    const service = new SupportService({ logger: SILENT });
    await expect(service.run({ provider: 'VSS', action: 'install' })).rejects.toMatchObject({
      code: 'COMMAND_INVALID',
    });
  });

  it('gives back what a command printed, and how it ended', async () => {
    expect(await runPackageCommand(['ls', '/nowhere/at/all'])).toEqual({
      succeeded: false,
      output: expect.stringContaining('No such file or directory'),
    });
    expect((await runPackageCommand(['no-such-program-of-ours'])).succeeded).toBe(false);
  });

  it('knows the packages by their real names', async () => {
    if ((await findPackageManager())?.program !== 'apt-get') return;
    const { output } = await runPackageCommand(['apt-cache', 'policy', ...Object.values(apt?.names ?? {})]);
    expect(output).toMatch(/^lvm2:/m);
    expect(output).toMatch(/^thin-provisioning-tools:/m);
    expect(await hasProgram('apt-get')).toBe(true);
  });
});
