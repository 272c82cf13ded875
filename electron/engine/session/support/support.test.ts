import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { createWorkspace } from '../../testing/workspace.ts';
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

  it('does not offer to remove what may be in use: LVM did not answer', () => {
    const unknown = lvmOf({ groups: undefined });
    expect(unknown?.actions.map(({ action }) => action)).toEqual(['update']);
    expect(unknown?.status).toBe('LVM is installed. It could not be asked for its volume groups.');
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

  it('a package command and what it starts get no secret of ours, and only programs of the system', async () => {
    vi.stubEnv('STILLFRAME_PASSWORD', 'hunter2');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hunter2');
    vi.stubEnv('PATH', `/tmp/of-somebody:${process.env.PATH}`);
    const { output } = await runPackageCommand(['env']);
    vi.unstubAllEnvs();
    expect(output).not.toMatch(/hunter2|of-somebody/);
    expect(output).toContain('DEBIAN_FRONTEND=noninteractive');
  });

  it('a service that a package starts is not waited for', async () => {
    const began = performance.now();
    const { output } = await runPackageCommand(['sh', '-c', 'echo done; sleep 20 & echo $! >&2']);
    expect(performance.now() - began).toBeLessThan(10_000);
    const [, pid = ''] = /done\n(\d+)/.exec(output) ?? [];
    process.kill(Number(pid));
  });

  it('goes on when the engine ends in the middle: nothing it writes to is gone', async () => {
    await using workspace = await createWorkspace();
    const trace = workspace.path('trace');
    const module = JSON.stringify(new URL('./run-package-command.ts', import.meta.url).href);
    const command = `for n in 1 2 3 4 5; do echo line $n; sleep 0.3; done; echo all > ${trace}`;
    const program = `import { runPackageCommand } from ${module};
      void runPackageCommand(['bash', '-c', ${JSON.stringify(`set -e; ${command}`)}]);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);`;
    await writeFile(workspace.path('engine.ts'), program);
    await once(spawn(process.execPath, [workspace.path('engine.ts')]), 'exit');
    await vi.waitFor(async () => expect(await readFile(trace, 'utf8')).toBe('all\n'), 5000);
  });

  it('knows the packages by their real names', async () => {
    if ((await findPackageManager())?.program !== 'apt-get') return;
    const { output } = await runPackageCommand(['apt-cache', 'policy', ...Object.values(apt?.names ?? {})]);
    expect(output).toMatch(/^lvm2:/m);
    expect(output).toMatch(/^thin-provisioning-tools:/m);
    expect(await hasProgram('apt-get')).toBe(true);
  });
});
