/** Passphrases from where they may come from: a file or the environment, never an argument. */
import { readFile } from 'node:fs/promises';
import type { OptionSource } from '#contract';
import { EngineError, errnoOf } from '../base/errors.ts';

export const PASSPHRASE_VARIABLE = 'STILLFRAME_PASSWORD';

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
  return file === undefined ? undefined : readPassphraseFile('passwordfile', file);
}

/** The text of a password file without white space around it, as restic reads its own. Throws `OPTION_INVALID`. */
export async function readPassphraseFile(option: string, path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = `The file cannot be read (${errnoOf(error) ?? 'unknown reason'}).`;
    throw new EngineError('OPTION_INVALID', { option, value: path, reason }, { cause: error });
  }
  const passphrase = text.replace(/^\uFEFF/, '').trim();
  if (passphrase !== '') return passphrase;
  throw new EngineError('OPTION_INVALID', { option, value: path, reason: 'The file is empty.' });
}
