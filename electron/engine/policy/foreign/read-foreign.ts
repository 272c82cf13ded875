/** Opens another client's options file for `parseForeign`. */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { PreferenceImport } from '#contract';
import { EngineError, errnoOf } from '../../base/errors.ts';
import { MAXIMUM_OPTIONS_FILE } from '../options-file.ts';
import { parseForeign } from './parse-foreign.ts';

/** `dsm.opt`, `dsm.sys`, `dsm.opt.smp`, `inclexcl.def`, `dsm.sys.old`: nothing that holds secrets of other programs. */
const NAMES = /\.(opt|sys|smp|def|excl|ie)([.-][\w-]+)?$/i;

/** Changes nothing. Throws `OPTION_INVALID` where there is no such file, or it does not look like an options file. */
export async function readForeignOptions(path: string): Promise<PreferenceImport> {
  const given = resolve(path);
  const refuse = (reason: string, cause?: unknown): EngineError =>
    new EngineError('OPTION_INVALID', { file: given.slice(0, 4096), reason }, { cause });
  try {
    // A link does not lend its name to another file: this process may read more than who asks.
    const real = await realpath(given);
    if (!NAMES.test(basename(real))) throw refuse('Only options files can be imported: dsm.opt, dsm.sys and the like.');
    await using file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = await file.stat();
    if (!stats.isFile()) throw refuse('It is not a regular file.');
    if (stats.size > MAXIMUM_OPTIONS_FILE) throw refuse(`It is larger than ${MAXIMUM_OPTIONS_FILE} bytes.`);
    return { path: given, ...parseForeign(decode(await file.readFile())) };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw refuse(errno === 'ENOENT' ? 'There is no such file.' : `The file cannot be read (${errno}).`, error);
  }
}

/** UTF-8 or UTF-16 where the bytes are that, else Latin-1, which everything is. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
