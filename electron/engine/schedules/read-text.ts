/** Reads small text files of which others may have made anything. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errnoOf } from '../base/errors.ts';

/** Why a file was not read. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/**
 * The text of a regular file of at most `most` bytes; `undefined` where there is none. Throws `UnreadableFile`, whose
 * message is one English sentence. `follow`: a link is read as what it leads to.
 */
export async function readText(
  path: string,
  { most, follow }: { most: number; follow: boolean },
): Promise<string | undefined> {
  try {
    // Without waiting, so that a pipe in its place hangs nobody.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW);
    await using file = await open(path, flags);
    const stats = await file.stat();
    if (!stats.isFile()) throw new UnreadableFile(`${path} is not a regular file.`);
    if (stats.size > most) throw new UnreadableFile(`${path} is larger than ${most} bytes.`);
    return await file.readFile('utf8');
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    if (errno === undefined) throw error;
    throw new UnreadableFile(`${path} cannot be read (${errno}).`, { cause: error });
  }
}
