/**
 * Which kept snapshot belongs to which image: small files in the state folder, one a volume and repository. They can be
 * deleted at any time; the next run then reads everything.
 */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { snapshotProviderSchema } from '#contract';
import { errnoOf } from '../base/errors.ts';
import { native } from '../native.ts';
import type { Ports } from '../ports.ts';

const recordSchema = z.object({
  version: z.literal(1),
  repositoryId: z.string(),
  /** Name of the volume. */
  volume: z.string(),
  kept: z.object({ provider: snapshotProviderSchema, name: z.string(), of: z.string(), place: z.string() }),
  /** The image that was made of the kept snapshot. */
  imageId: z.string(),
  /** Runs since everything was read. */
  runsSinceFull: z.number().int().min(0),
});
export type TrackingRecord = Omit<z.infer<typeof recordSchema>, 'version'>;

type StorePorts = Pick<Ports, 'directories' | 'random'>;

const KEEPER_BYTES = 8;

/** The records of one state folder. */
export class TrackingStore {
  readonly #folder: string;
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
    this.#folder = join(ports.directories.state, 'tracking');
  }

  /** Marks what this state folder keeps, so that no other one's sweep removes it. 16 hexadecimal digits. */
  async keeper(): Promise<string> {
    const path = join(this.#folder, 'keeper');
    const present = await this.#readKeeper(path);
    if (present !== undefined) return present;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const made = Buffer.from(this.#ports.random.bytes(KEEPER_BYTES)).toString('hex');
    await writeDurably(path, made);
    // Another process may have been first.
    return (await this.#readKeeper(path)) ?? made;
  }

  async #readKeeper(path: string): Promise<string | undefined> {
    const text = (await readFile(path, 'utf8').catch(() => '')).trim();
    return /^[0-9a-f]{16}$/.test(text) ? text : undefined;
  }

  async find(repositoryId: string, volume: string): Promise<TrackingRecord | undefined> {
    return this.#load(this.#pathOf(repositoryId, volume));
  }

  async put(record: TrackingRecord): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeDurably(this.#pathOf(record.repositoryId, record.volume), JSON.stringify({ version: 1, ...record }));
  }

  async remove({ repositoryId, volume }: Pick<TrackingRecord, 'repositoryId' | 'volume'>): Promise<void> {
    await rm(this.#pathOf(repositoryId, volume), { force: true });
  }

  /** All that can be understood. */
  async list(): Promise<TrackingRecord[]> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) => name.endsWith('.json'));
    const records = await Promise.all(names.map((name) => this.#load(join(this.#folder, name))));
    return records.filter((record) => record !== undefined);
  }

  async #load(path: string): Promise<TrackingRecord | undefined> {
    try {
      const { version: _, ...record } = recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
      return record;
    } catch (error) {
      // What cannot be understood is no record; the snapshot it may have meant is swept then.
      if (errnoOf(error) === undefined || errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  #pathOf(repositoryId: string, volume: string): string {
    const name = native()
      .sha256(Buffer.from(`${repositoryId}\0${volume}`))
      .slice(0, 32);
    return join(this.#folder, `${name}.json`);
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  {
    await using handle = await open(temporary, 'w', 0o600);
    await handle.writeFile(text);
    await handle.sync();
  }
  await rename(temporary, path);
}
