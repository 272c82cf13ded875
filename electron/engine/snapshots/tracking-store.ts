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
  /** When the snapshot was kept, milliseconds since the epoch. */
  keptAt: z.number().default(0),
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

  /** As `keeper`, without making one: where there is none, nothing is kept. */
  async presentKeeper(): Promise<string | undefined> {
    return this.#readKeeper(join(this.#folder, 'keeper'));
  }

  /** Marks what this state folder keeps, so that no other one's sweep removes it. 16 hexadecimal digits. */
  async keeper(): Promise<string> {
    const path = join(this.#folder, 'keeper');
    const present = await this.presentKeeper();
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

  /** Every place (`KeptSnapshot.place`, its folder) where something of this state folder may ever have been kept. */
  async places(): Promise<string[]> {
    return (await readFile(join(this.#folder, 'places'), 'utf8').catch(() => ''))
      .split('\n')
      .filter((line) => line !== '');
  }

  /** Notes a place before something is kept in it, so that a sweep looks there even when every record is lost. */
  async notePlace(place: string): Promise<void> {
    const places = await this.places();
    if (place.includes('\n') || places.includes(place)) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeDurably(join(this.#folder, 'places'), `${[...places, place].join('\n')}\n`);
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
