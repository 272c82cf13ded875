/** The image files that the person added as volumes. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../base/errors.ts';

/** A list of absolute paths in `<config>/image-files.json`. */
export class FileVolumes {
  readonly #directory: string;
  readonly #path: string;

  constructor(configDirectory: string) {
    this.#directory = configDirectory;
    this.#path = join(configDirectory, 'image-files.json');
  }

  /** Paths in the order they were added; a damaged list counts as empty, it is only a convenience. */
  async list(): Promise<string[]> {
    try {
      const parsed: unknown = JSON.parse(await readFile(this.#path, 'utf8'));
      return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : [];
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError) return [];
      throw error;
    }
  }

  async add(path: string): Promise<void> {
    const paths = await this.list();
    if (!paths.includes(path)) await this.#write([...paths, path]);
  }

  async remove(path: string): Promise<void> {
    await this.#write((await this.list()).filter((known) => known !== path));
  }

  async #write(paths: string[]): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const temporary = `${this.#path}.${process.pid}.tmp`;
    await writeFile(temporary, `${JSON.stringify(paths, undefined, 2)}\n`, { mode: 0o600 });
    await rename(temporary, this.#path);
  }
}
