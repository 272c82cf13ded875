/** Volume groups and volumes for tests inside the machine. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { deviceStatus, poolStatus } from '#engine/snapshots/lvm/dm-status.ts';
import { mappedDevices } from '#engine/snapshots/lvm/mapped-devices.ts';
import { runProgram } from '#engine/testing/run-program.ts';
import { makeFileSystem } from '#engine/testing/test-volume.ts';
import { loopDevices } from '#engine/volumes/loop-devices.ts';

const MIB = 1024 ** 2;

/** Only the machine's own disks: a real machine's volume groups are nobody's to test with. */
export function whyNoLvm(): string | undefined {
  if (process.env.STILLFRAME_UML !== '1') return 'runs inside user-mode Linux only: node e2e/uml/run.ts';
  return existsSync('/dev/ubdc') && existsSync('/dev/mapper/control')
    ? undefined
    : 'needs a machine with LVM and disks';
}

/** Reports the test as skipped, with the reason, outside the machine. Call it first. */
export function requireLvm(context: Pick<TestContext, 'skip'>): void {
  const reason = whyNoLvm();
  if (reason !== undefined) context.skip(`SKIPPED: this test ${reason}`);
}

/** Runs a program of LVM; rejects with its standard error. */
export function lvm(program: string, ...args: string[]): Promise<string> {
  return runProgram(program, args);
}

/** Replaces what a mapped device does by errors, as when it is pulled out. */
export async function replaceByErrors(name: string): Promise<void> {
  const [, sectors = ''] = (await lvm('dmsetup', 'table', name)).split(' ');
  await lvm('dmsetup', 'suspend', '--nolockfs', '--noflush', name);
  await lvm('dmsetup', 'load', name, '--table', `0 ${sectors} error`);
  await lvm('dmsetup', 'resume', name);
}

/** How a volume is made. */
export interface LvOptions {
  name: string;
  sizeBytes: number;
  /** In the pool of this name, which is made where it is not there. */
  pool?: string | undefined;
  /** File system, and its mkfs's options. */
  mkfs?: readonly [type: string, ...options: string[]] | undefined;
}

/** A volume group on the machine's disks. Disposing unmounts and removes all of it. */
export class VolumeGroup implements AsyncDisposable {
  readonly name: string;
  readonly disks: readonly string[];
  readonly #mounts: string[] = [];

  private constructor(name: string, disks: readonly string[]) {
    this.name = name;
    this.disks = disks;
  }

  static async create(name: string, ...disks: string[]): Promise<VolumeGroup> {
    await lvm('pvcreate', '-ff', '--yes', ...disks);
    await lvm('vgcreate', name, ...disks);
    return new VolumeGroup(name, disks);
  }

  /** Makes a volume; resolves with its device. */
  async add({ name, sizeBytes, pool, mkfs }: LvOptions): Promise<string> {
    const size = `${Math.ceil(sizeBytes / MIB)}m`;
    const where = pool === undefined ? ['--size', size] : ['--virtualsize', size, '--thin', `${this.name}/${pool}`];
    await lvm('lvcreate', '--yes', '--name', name, ...where, ...(pool === undefined ? [this.name] : []));
    const device = this.device(name);
    if (mkfs !== undefined) await makeFileSystem(device, mkfs);
    return device;
  }

  /** Makes a pool for thin volumes. */
  async addPool(name: string, sizeBytes: number): Promise<void> {
    const size = `${Math.ceil(sizeBytes / MIB)}m`;
    await lvm('lvcreate', '--yes', '--type', 'thin-pool', '--size', size, '--name', name, this.name);
  }

  /** The device-mapper name of a volume. */
  mapped(name: string): string {
    return `${this.name.replaceAll('-', '--')}-${name.replaceAll('-', '--')}`;
  }

  /** Path of a volume's device. */
  device(name: string): string {
    return `/dev/mapper/${this.mapped(name)}`;
  }

  /** Mounts until `unmount` or disposal. */
  async mount(device: string, options = 'rw'): Promise<string> {
    const point = join(tmpdir(), `mount-${this.name}-${process.hrtime.bigint()}`);
    await mkdir(point);
    await runProgram('mount', ['-o', options, device, point]);
    this.#mounts.push(point);
    return point;
  }

  async unmount(point: string): Promise<void> {
    await runProgram('umount', [point]);
    this.#mounts.splice(this.#mounts.indexOf(point), 1);
  }

  /** Unmounts and removes volumes. */
  async remove(...names: string[]): Promise<void> {
    for (const point of [...this.#mounts]) await this.unmount(point);
    await lvm('lvremove', '--yes', '--force', ...names.map((name) => `${this.name}/${name}`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const point of [...this.#mounts]) await this.unmount(point);
    await lvm('vgremove', '--yes', '--force', this.name);
    await lvm('pvremove', '--yes', ...this.disks);
  }
}

/** All that could be left behind: logical volumes, mapped devices, what stands still, loops, mounts. Sorted lines. */
export async function inventory(): Promise<string[]> {
  const volumes = await lvm('lvs', '--all', '--noheadings', '--options', 'vg_name,lv_name,lv_tags');
  const mounts = await readFile('/proc/self/mounts', 'utf8');
  const mapped = await mappedDevices();
  const pools = mapped.filter(({ uuid }) => uuid.endsWith('-tpool'));
  const held = await Promise.all(
    pools.map(async ({ name }) => `held ${poolStatus(await deviceStatus(name))?.metadataHeld}`),
  );
  return [
    ...[volumes, mounts].flatMap((text) => text.split('\n').map((line) => line.trim())),
    ...mapped.map(({ name, suspended }) => `${name} ${suspended}`),
    ...(await loopDevices()).map(({ path, file }) => `${path} ${file}`),
    ...held,
  ]
    .filter((line) => line !== '')
    .sort();
}
