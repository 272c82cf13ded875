/** Passphrases from where they may come from: a file or the environment, never an argument. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { OptionSource } from '#contract';
import { EngineError, errnoOf } from '../base/errors.ts';
import { rememberSecret } from '../base/secrets.ts';

export const PASSPHRASE_VARIABLE = 'STILLFRAME_PASSWORD';

/** Largest password file, bytes. */
const MOST_BYTES = 64 * 1024;

/**
 * The passphrase that was given, if any; `passwordfile` as it was resolved. `-passwordfile` and its variable win over
 * STILLFRAME_PASSWORD, which wins over the options file.
 */
export async function givenPassphrase(
  { value: file, source }: { value: string | undefined; source: OptionSource },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const exported = environment[PASSPHRASE_VARIABLE];
  if (exported && source.from !== 'command' && source.from !== 'environment') return exported;
  // A pipe is for a command at hand (`-passwordfile=<(…)`); what a file names for good must not be able to hang a start.
  const kinds = source.from === 'file' ? 'plain files' : 'anything';
  return file === undefined ? undefined : readPassphraseFile('passwordfile', file, kinds);
}

/** The text of a password file without white space around it, as restic reads its own. Throws `OPTION_INVALID`. */
export async function readPassphraseFile(
  option: string,
  path: string,
  kinds: 'plain files' | 'anything' = 'anything',
): Promise<string> {
  let text: string;
  try {
    await using file = await open(path, constants.O_RDONLY | (kinds === 'plain files' ? constants.O_NONBLOCK : 0));
    if (kinds === 'plain files' && !(await file.stat()).isFile()) {
      throw new EngineError('OPTION_INVALID', { option, value: path, reason: 'It is not a regular file.' });
    }
    text = await readBounded(file);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason = `The file cannot be read (${errnoOf(error) ?? 'unknown reason'}).`;
    throw new EngineError('OPTION_INVALID', { option, value: path, reason }, { cause: error });
  }
  if (Buffer.byteLength(text) > MOST_BYTES) {
    throw new EngineError('OPTION_INVALID', { option, value: path, reason: `It is larger than ${MOST_BYTES} bytes.` });
  }
  const passphrase = text.replace(/^\uFEFF/, '').trim();
  rememberSecret(passphrase);
  if (passphrase !== '') return passphrase;
  throw new EngineError('OPTION_INVALID', { option, value: path, reason: 'The file is empty.' });
}

/** Not much more than may be in it, even of what never ends. */
async function readBounded(file: FileHandle): Promise<string> {
  const chunks: Buffer[] = [];
  for (let length = 0; length <= MOST_BYTES; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_BYTES + 1), 0, MOST_BYTES + 1);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks).toString('utf8');
}
