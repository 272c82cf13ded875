import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { requireLoopDevices, whyNoLoopDevices } from '../testing/machine-limits.ts';
import { runProgram } from '../testing/run-program.ts';
import { loopStand } from '../testing/snapshot-stand.ts';
import { attachLoop, createSparseFile } from '../testing/test-volume.ts';
import { createWorkspace } from '../testing/workspace.ts';
import { findVolume } from '../volumes/discover.ts';
import { btrfs } from './btrfs.ts';
import { createOptions } from './conformance/stand.ts';
import { describeProvider } from './conformance.ts';

const MIB = 1024 * 1024;

async function onExt4() {
  const stand = await loopStand('ext4');
  return { volume: await stand.volume(), [Symbol.asyncDispose]: () => stand[Symbol.asyncDispose]() };
}

describeProvider(
  { name: 'BTRFS', provider: btrfs, makeVolume: () => loopStand('btrfs'), makeUnfit: onExt4 },
  whyNoLoopDevices(),
);

test('BTRFS refuses a file system on several devices', async (context) => {
  requireLoopDevices(context);
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await createWorkspace());
  const devices: string[] = [];
  for (const name of ['one', 'two']) {
    const file = workspace.path(name);
    await createSparseFile(file, 128 * MIB);
    devices.push(stack.use(await attachLoop(file)).device);
  }
  await runProgram('mkfs.btrfs', ['-q', '-f', ...devices]);
  const folder = workspace.path('mount');
  await mkdir(folder);
  await runProgram('mount', [devices[0] ?? '', folder]);
  stack.defer(async () => {
    await runProgram('umount', [folder]);
  });
  const volume = await findVolume(devices[0] ?? '');
  const readiness = await btrfs.readiness(volume, {});
  expect(readiness).toMatchObject({ ready: false, reason: expect.stringMatching(/spans 2 devices/) });
  await expect(btrfs.create(volume, await createOptions())).rejects.toMatchObject({ code: 'SNAPSHOT_UNAVAILABLE' });
});

test('BTRFS freezes a file system of which a subvolume is mounted', async (context) => {
  requireLoopDevices(context);
  await using stand = await loopStand('btrfs');
  await runProgram('btrfs', ['subvolume', 'create', `${stand.folder}/sub`]);
  await runProgram('mount', ['-o', 'remount,subvolid=5', stand.folder]);
  const folder = stand.workspace.path('sub');
  await mkdir(folder);
  await runProgram('mount', ['-o', 'subvol=sub', stand.device, folder]);
  try {
    await using snapshot = await btrfs.create(await stand.volume(), await createOptions());
    expect(await btrfs.status(snapshot)).toEqual({ valid: true, reason: '' });
  } finally {
    await runProgram('umount', [folder]);
  }
});
