/** Volumes as hosts ask for them: discovered devices and the image files that were added. */
import { resolve } from 'node:path';
import type { Volume } from '#contract';
import { discoverVolumes, findVolume } from '../volumes/index.ts';
import type { FileVolumes } from './file-volumes.ts';

export class VolumeService {
  readonly #files: FileVolumes;

  constructor(files: FileVolumes) {
    this.#files = files;
  }

  async list(): Promise<Volume[]> {
    return discoverVolumes({ fileVolumes: await this.#files.list() });
  }

  /** By device path, link, mount point or file path; `VOLUME_NOT_FOUND`. */
  async find(name: string): Promise<Volume> {
    return findVolume(name, { fileVolumes: await this.#files.list() });
  }

  async addFile(path: string): Promise<Volume> {
    const absolute = resolve(path);
    const volume = await findVolume(absolute, { fileVolumes: [absolute] });
    await this.#files.add(absolute);
    return volume;
  }

  async removeFile(path: string): Promise<void> {
    await this.#files.remove(resolve(path));
  }
}
