/** Online Image Support: what each snapshot provider needs on this computer, and how to get it. */
import { readFile } from 'node:fs/promises';
import type { ProviderSupport, SnapshotProvider, SupportAction } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { EngineSupport } from '../engine.ts';
import type { Ports } from '../ports.ts';
import { type DescribedSupport, describeSupport, type SupportFacts } from './support/describe-support.ts';
import { findPackageManager, hasProgram } from './support/package-managers.ts';
import { runPackageCommand } from './support/run-package-command.ts';
import { volumeGroups } from './support/volume-groups.ts';

export class SupportService implements EngineSupport {
  readonly #logger: Ports['logger'];
  #running = false;

  constructor({ logger }: Pick<Ports, 'logger'>) {
    this.#logger = logger;
  }

  async providers(): Promise<ProviderSupport[]> {
    const described = await this.#describe();
    return described.map(({ commands: _, ...support }) => support);
  }

  async run({ provider, action }: { provider: SnapshotProvider; action: SupportAction }): Promise<{
    succeeded: boolean;
    output: string;
  }> {
    const described = await this.#describe();
    // Looked up anew: what is run is what the computer calls for now, never what a window sent.
    const command = described.find((one) => one.provider === provider)?.commands[action];
    if (command === undefined) {
      throw new EngineError('COMMAND_INVALID', { reason: `There is nothing to ${action} for ${provider} here.` });
    }
    if (process.getuid?.() !== 0) {
      const remedy = `Run it as root: \`${command.join(' ')}\``;
      throw new EngineError('VOLUME_PERMISSION', { reason: 'Packages are installed by root only.', remedy });
    }
    if (this.#running) {
      throw new EngineError('TASK_CONFLICT', { volume: provider, reason: 'Packages are being installed already.' });
    }
    this.#running = true;
    try {
      this.#logger.info('a package command is run', { command: command.join(' ') });
      const result = await runPackageCommand(command);
      if (!result.succeeded) this.#logger.warn('the package command failed', { command: command.join(' ') });
      return result;
    } finally {
      this.#running = false;
    }
  }

  async #describe(): Promise<DescribedSupport[]> {
    const facts: SupportFacts = {
      manager: await findPackageManager(),
      installed: { lvm2: await hasProgram('lvs'), 'thin-provisioning-tools': await hasProgram('thin_delta') },
      deviceMapper: await kernelHasDeviceMapper(),
      kernelFileSystems: fileSystemsIn(await readFile('/proc/filesystems', 'utf8').catch(() => '')),
      groups: await volumeGroups(),
    };
    return describeSupport(facts);
  }
}

/** `/proc/misc` names it while it is loaded; otherwise the module may still be loadable. */
async function kernelHasDeviceMapper(): Promise<boolean> {
  const misc = await readFile('/proc/misc', 'utf8').catch(() => '');
  if (/\bdevice-mapper\b/.test(misc)) return true;
  const release = (await readFile('/proc/sys/kernel/osrelease', 'utf8').catch(() => '')).trim();
  const folder = `/lib/modules/${release}`;
  const lists = await Promise.all(
    ['modules.dep', 'modules.builtin'].map((name) => readFile(`${folder}/${name}`, 'utf8').catch(() => '')),
  );
  return lists.some((list) => /\/dm-mod\.ko/.test(list));
}

/** Names of `/proc/filesystems`, those without a device included. */
function fileSystemsIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.trim().split(/\s+/).slice(-1))
    .filter(Boolean);
}
