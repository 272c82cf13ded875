/** Partitions on loop devices, told to the kernel directly: not every kernel reads partition tables. */
import { runProgram } from './run-program.ts';

const SECTOR_BYTES = 512;
const FIRST_SECTOR = 2048;

/** Adds partition 1 at 1 MiB with `sizeBytes` (a multiple of 512); disposing removes it. */
export async function addPartition(disk: string, sizeBytes: number): Promise<AsyncDisposable & { device: string }> {
  await runProgram('addpart', [disk, '1', String(FIRST_SECTOR), String(sizeBytes / SECTOR_BYTES)]);
  return {
    device: `${disk}p1`,
    [Symbol.asyncDispose]: async () => {
      await runProgram('delpart', [disk, '1']);
    },
  };
}
