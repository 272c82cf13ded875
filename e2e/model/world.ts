/** The real thing that the model is compared with: volumes, a repository, engines in processes of their own, restic. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageSummary, TaskSnapshot, WireError } from '#contract';
import type { Engine } from '#engine/engine.ts';
import { seededBytes } from '#engine/testing/seeded.ts';
import { type Ended, run } from '../driver/programs.ts';
import type { Job, ModelPlace, Operation } from './job.ts';
import { configurationOf, modelEngine } from './model-engine.ts';

const BLOCK = 4096;
/** Of each volume, bytes. */
export const VOLUME_BYTES = 4 * 1024 ** 2;

/** How an operation ended; `killed`: it was not allowed to. */
export interface Ending {
  killed: boolean;
  task?: TaskSnapshot;
  error?: WireError;
}

export class World implements AsyncDisposable {
  readonly place: ModelPlace;
  readonly volumes: readonly string[];
  /** A second engine, as a window is that somebody leaves open. */
  readonly reader: Engine;
  #aheadMs: () => number;

  private constructor(place: ModelPlace, volumes: readonly string[], reader: Engine, aheadMs: () => number) {
    this.place = place;
    this.volumes = volumes;
    this.reader = reader;
    this.#aheadMs = aheadMs;
  }

  static async create(volumeCount: number, random: () => number, aheadMs: () => number): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'stillframe-model-'));
    try {
      const place = { folder, repository: join(folder, 'repository'), passphrase: '' };
      await mkdir(configurationOf(folder), { recursive: true });
      const reader = await modelEngine(place, aheadMs);
      const { recoveryKey } = await reader.repository.create({ location: place.repository });
      const volumes: string[] = [];
      for (let number = 0; number < volumeCount; number++) {
        const path = join(folder, `volume-${number}.img`);
        // The first quarter of each is the same, so that what one volume no longer needs another may.
        const common = Buffer.alloc(VOLUME_BYTES / 4, 7);
        await writeFile(path, Buffer.concat([common, seededBytes(random, (VOLUME_BYTES * 3) / 4)]));
        volumes.push(path);
      }
      return new World({ ...place, passphrase: recoveryKey }, volumes, reader, aheadMs);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Overwrites a few places of a volume. */
  async write(volume: string, random: () => number): Promise<void> {
    await using file = await open(volume, 'r+');
    for (let piece = 0; piece < 3; piece++) {
      const at = Math.floor((random() * VOLUME_BYTES) / BLOCK) * BLOCK;
      await file.write(seededBytes(random, BLOCK), 0, BLOCK, at);
    }
  }

  /** The `include.image` lines of the options file. */
  async bind(classes: ReadonlyMap<string, string>): Promise<void> {
    const lines = [...classes].map(([volume, name]) => `include.image ${volume} ${name}\n`);
    await writeFile(join(configurationOf(this.place.folder), 'stillframe.opt'), lines.join(''), { mode: 0o600 });
  }

  /** Runs an operation in a process of its own; where `killAfterMs` is given it is killed so long after it began. */
  async perform(operation: Operation, killAfterMs?: number): Promise<Ending> {
    const job: Job = { place: this.place, aheadMs: this.#aheadMs(), operation };
    const actor = resolve(import.meta.dirname, 'actor.ts');
    const child = spawn('node', [actor, JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let problems = '';
    const closed = new Promise<void>((done) => child.on('close', () => done()));
    const begun = new Promise<void>((go) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('\n')) go();
      });
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problems += text;
    });
    if (killAfterMs !== undefined) {
      await Promise.race([begun, closed]);
      await Promise.race([sleep(killAfterMs), closed]);
      child.kill('SIGKILL');
    }
    await closed;
    const last = output.trim().split('\n').at(-1) ?? '';
    if (!last.includes('"task"') && !last.includes('"error"') && last !== '{}') {
      if (killAfterMs !== undefined) return { killed: true };
      if (last !== '{"started":true}') throw new Error(`${operation.do}: ${problems}\n${output}`);
    }
    return { killed: false, ...(JSON.parse(last) as Omit<Ending, 'killed'>) };
  }

  images(): Promise<ImageSummary[]> {
    return this.reader.listImages();
  }

  /** SHA-256 of what restoring an image gives. */
  async restored(imageId: string): Promise<string> {
    const target = join(this.place.folder, 'restored.img');
    const request = { source: imageId, target, toFile: true, confirmation: target };
    const { planId } = await this.reader.planRestore(request);
    const { taskId } = await this.reader.startRestore({ ...request, planId });
    const task = await this.reader.tasks.finished(taskId);
    if (task.state !== 'succeeded') throw new Error(`${imageId}: ${JSON.stringify(task.error)}`);
    const hash = await hashOf(target);
    await rm(target);
    return hash;
  }

  restic(args: readonly string[], accept: number[] = [0]): Promise<Ended> {
    const { folder, repository, passphrase } = this.place;
    const env = { RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: passphrase, RESTIC_CACHE_DIR: join(folder, 'cache') };
    return run('restic', [...args], { env, accept });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.reader[Symbol.asyncDispose]();
    await rm(this.place.folder, { recursive: true, force: true });
  }
}

/** SHA-256 of a file. */
export async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
