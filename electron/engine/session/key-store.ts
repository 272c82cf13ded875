/** Generated repository keys kept for this user, so that runs open by themselves (`passwordaccess generate`). */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../base/errors.ts';
import { native } from '../native.ts';
import type { Random } from '../ports.ts';

/** Groups of five characters; letters and digits that are not mistaken for each other. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 8;
const GROUP_CHARACTERS = 5;

/** A recovery key of 200 bits, easy to write down: `K7QX2-…`. */
export function generateRecoveryKey(random: Random): string {
  const group = (): string =>
    Array.from({ length: GROUP_CHARACTERS }, () => ALPHABET[random.below(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Keys by repository location, one file each, readable by the user alone. */
export class KeyStore {
  readonly #directory: string;

  /** `configDirectory`: `$XDG_CONFIG_HOME/stillframe`. */
  constructor(configDirectory: string) {
    this.#directory = join(configDirectory, 'keys');
  }

  /** Where the key of a repository is kept. */
  pathOf(location: string): string {
    return join(this.#directory, `${native().sha256(Buffer.from(location)).slice(0, 32)}.key`);
  }

  /** The key, if one is kept. */
  async load(location: string): Promise<string | undefined> {
    try {
      return (await readFile(this.pathOf(location), 'utf8')).trim();
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Keeps a key; durable when it resolves. */
  async save(location: string, key: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const path = this.pathOf(location);
    const temporary = `${path}.${process.pid}.tmp`;
    {
      await using file = await open(temporary, 'w', 0o600);
      await file.writeFile(`${key}\n`);
      await file.sync();
    }
    await rename(temporary, path);
  }

  /** Takes a key out; none kept is fine. */
  async forget(location: string): Promise<void> {
    await rm(this.pathOf(location), { force: true });
  }
}
