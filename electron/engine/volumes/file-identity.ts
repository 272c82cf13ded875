/** Files as the kernel tells them apart: a hard link, another path through a bind mount and a link are the same file. */
import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** `dev/ino` in decimal; cannot be taken for a device number (`major:minor`). */
export type FileIdentity = string;

export function identityIn({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): FileIdentity {
  return `${dev}/${ino}`;
}

/** Identity of a regular file; `undefined` for anything else and where nothing is. */
export async function fileIdentity(path: string): Promise<FileIdentity | undefined> {
  const stats = await stat(path, { bigint: true }).catch(() => undefined);
  return stats?.isFile() ? identityIn(stats) : undefined;
}
