/** `LINUX_LVM` by the suite that every provider passes. */
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { providerCases } from '#engine/snapshots/conformance/cases.ts';
import type { ProviderStand } from '#engine/snapshots/conformance/stand.ts';
import { linuxLvm } from '#engine/snapshots/linux-lvm.ts';
import type { Provider } from '#engine/snapshots/provider.ts';
import { runProgram } from '#engine/testing/run-program.ts';
import { makeFileSystem } from '#engine/testing/test-volume.ts';
import { findVolume } from '#engine/volumes/index.ts';
import { inventory, VolumeGroup, whyNoLvm } from './lvm.ts';

const MIB = 1024 ** 2;
/** mkfs.xfs makes none that are smaller. */
const SIZES = { ext4: 64 * MIB, xfs: 300 * MIB };

type Kind = 'thick' | 'thin';
type FileSystem = keyof typeof SIZES;

const { tracking: _, ...withoutTracking } = linuxLvm;
const PROVIDERS: Readonly<Record<Kind, Provider>> = { thick: withoutTracking, thin: linuxLvm };

/** As it is after a power cut: its journal is replayed where it is mounted. */
export async function checkXfs(copy: string): Promise<void> {
  const point = `${copy}.mount`;
  await mkdir(point);
  await runProgram('mount', ['-o', 'loop,nouuid', copy, point]);
  await runProgram('umount', [point]);
  await rm(point, { recursive: true });
  await runProgram('xfs_repair', ['-n', copy]);
}

/** `npm run soak` sets it: then everything is run. */
const THOROUGH = process.env.STILLFRAME_KILLS !== undefined;
/** Cases in which the file system matters. */
const OF_FILE_SYSTEMS = /at one moment|every byte that changed/;

/**
 * Registers the suite for volumes of this kind with this file system; `some`: only the cases in which the file system
 * matters, as another file runs all of them for this kind.
 */
export function describeLinuxLvm(kind: Kind, type: FileSystem, extent: 'all' | 'some'): void {
  const why = whyNoLvm();
  let group: VolumeGroup;
  let device: string;
  beforeAll(async () => {
    if (why !== undefined) return;
    // Hyphens, which device-mapper's names double.
    group = await VolumeGroup.create('vg-con', '/dev/ubdc', '/dev/ubdd');
    const pool = kind === 'thin' ? 'pool-1' : undefined;
    if (pool !== undefined) await group.addPool(pool, 2048 * MIB);
    device = await group.add({ name: 'vol-1', sizeBytes: SIZES[type], pool });
  });
  afterAll(async () => {
    if (why === undefined) await group[Symbol.asyncDispose]();
  });

  const makeVolume = async (): Promise<ProviderStand> => {
    await makeFileSystem(device, [type]);
    const folder = await group.mount(device);
    const scratch = join(tmpdir(), 'conformance');
    await mkdir(scratch);
    return {
      folder,
      scratch,
      volume: () => findVolume(device),
      check: async (copy) => {
        if (type === 'xfs') return checkXfs(copy);
        await runProgram('e2fsck', ['-fn', copy]);
      },
      inventory,
      async [Symbol.asyncDispose]() {
        await group.unmount(folder);
        await rm(scratch, { recursive: true });
      },
    };
  };
  const makeUnfit = async () => ({ volume: await findVolume('/dev/ubdb'), async [Symbol.asyncDispose]() {} });
  const subject = { name: `LINUX_LVM (${kind}, ${type})`, provider: PROVIDERS[kind], makeVolume, makeUnfit };
  const wanted = (title: string): boolean => THOROUGH || extent === 'all' || OF_FILE_SYSTEMS.test(title);
  describe(`${subject.name} as a snapshot provider`, () => {
    for (const { title, run } of providerCases(subject).filter((one) => wanted(one.title))) {
      test(title, async (context) => {
        if (why !== undefined) context.skip(`SKIPPED: this test ${why}`);
        await run();
      });
    }
  });
}
