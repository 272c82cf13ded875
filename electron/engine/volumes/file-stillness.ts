/** Whether an image file stands still: unlike a device, it cannot be opened so that others are kept out. */
import { stat } from 'node:fs/promises';
import type { VolumeHolder } from '#contract';
import { fileIdentity } from './file-identity.ts';
import { usersOfFile } from './file-users.ts';

/** What every write to a file changes. */
export interface FileStamp {
  sizeBytes: bigint;
  modifiedNs: bigint;
  changedNs: bigint;
}

/** Throws the system's error. */
export async function fileStamp(path: string): Promise<FileStamp> {
  const { size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return { sizeBytes: size, modifiedNs: mtimeNs, changedNs: ctimeNs };
}

export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedNs === b.modifiedNs && a.changedNs === b.changedNs;
}

/** Other processes that can write to the file, by whatever path they opened it. Throws `CANCELLED`. */
export async function writersOfFile(path: string, signal: AbortSignal | undefined): Promise<VolumeHolder[]> {
  const file = await fileIdentity(path);
  if (file === undefined) return [];
  return (await usersOfFile(file, signal)).filter((user) => user.writable === true);
}
