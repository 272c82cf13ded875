/** One run of the model test: the reference and the world side by side, compared after each step. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PolicySet } from '#contract';
import { seededBelow } from '#engine/testing/seeded.ts';
import type { Operation } from './job.ts';
import { activeOf, type Reference, type ReferenceImage } from './reference.ts';
import { type Ending, hashOf, World } from './world.ts';

/** Milliseconds after which an operation that is to be killed is, at most. */
const KILL_WITHIN_MS = 500;

export interface ModelOptions {
  random: () => number;
  volumes: number;
  /** How the policy is at first. */
  set: PolicySet;
}

export class ModelRun implements AsyncDisposable {
  readonly reference: Reference;
  readonly world: World;
  readonly random: () => number;
  /** Which class the rules of the options file say, by volume. */
  readonly bindings = new Map<string, string>();
  /** What was done, for a failure's message. */
  readonly log: string[] = [];
  readonly #clock: { aheadMs: number };

  private constructor({ random, set }: ModelOptions, world: World, clock: { aheadMs: number }) {
    this.random = random;
    this.world = world;
    this.reference = { set, images: [], deactivated: new Map() };
    this.#clock = clock;
  }

  static async create(options: ModelOptions): Promise<ModelRun> {
    const clock = { aheadMs: 0 };
    const world = await World.create(options.volumes, options.random, () => clock.aheadMs);
    const run = new ModelRun(options, world, clock);
    try {
      const ending = await world.perform({ do: 'policy', set: options.set });
      expect(ending.error).toBeUndefined();
    } catch (error) {
      await world[Symbol.asyncDispose]();
      throw error;
    }
    return run;
  }

  now(): number {
    return Date.now() + this.#clock.aheadMs;
  }

  /** Lets days go by. */
  advance(days: number): void {
    this.#clock.aheadMs += days * 86_400_000;
  }

  one<T>(list: readonly T[]): T | undefined {
    return list[seededBelow(this.random, list.length || 1)];
  }

  /** Performs an operation that a `share` of the times is killed. */
  perform(operation: Operation, share = 0): Promise<Ending> {
    const doomed = this.random() < share;
    const killAfterMs = doomed ? Math.floor(this.random() * KILL_WITHIN_MS) : undefined;
    this.log.push(`${JSON.stringify(operation)}${doomed ? ` killed after ${killAfterMs} ms` : ''}`);
    return this.world.perform(operation, killAfterMs);
  }

  /** Ids of all images as restic names them. */
  async storedIds(): Promise<string[]> {
    const { stdout } = await this.world.restic(['snapshots', '--json', '--no-lock', '--tag', 'stillframe,image']);
    return (JSON.parse(stdout) as { id: string }[] | null)?.map(({ id }) => id) ?? [];
  }

  /** A backup that ended or was killed: takes the image that it made, if it made one, into the reference. */
  async adopt(volume: string, boundTo: string): Promise<ReferenceImage | undefined> {
    const known = new Set(this.reference.images.map(({ id }) => id));
    const [made, ...more] = (await this.world.images()).filter(({ id }) => !known.has(id));
    expect(more).toEqual([]);
    if (made === undefined) return undefined;
    expect(made.volume).toBe(volume);
    const image = { id: made.id, volume, timeMs: Date.parse(made.time), hash: await hashOf(volume), boundTo };
    this.reference.images.push({ ...image, pinned: false, deleted: false });
    this.reference.deactivated.delete(volume);
    return this.reference.images.at(-1);
  }

  /** Everything that must hold after each step. */
  async compare(mayBeLocked: boolean): Promise<void> {
    const { reference, world } = this;
    const locks = await readdir(join(world.place.repository, 'locks'));
    if (!mayBeLocked) expect(locks.filter((name) => /^[0-9a-f]{64}$/.test(name))).toEqual([]);
    // What was killed leaves its lock, as restic's own would; a person unlocks, too.
    else await world.restic(['unlock']);

    const expected = reference.images
      .map((image) => ({
        id: image.id,
        active: activeOf(reference, image.volume)?.id === image.id,
        pinned: image.pinned,
        deleted: image.deleted,
      }))
      .sort(byId);
    const found = (await world.images())
      .map(({ id, active, pinned, deletedAt }) => ({
        id,
        active,
        pinned: pinned !== undefined,
        deleted: deletedAt !== undefined,
      }))
      .sort(byId);
    expect(found).toEqual(expected);
    expect((await this.storedIds()).sort()).toEqual(expected.map(({ id }) => id));
    for (const image of reference.images) {
      if (!image.deleted) expect(await world.restored(image.id), image.id).toBe(image.hash);
    }
    await world.restic(['check', '--read-data']);
  }

  /** Nothing is stored any more that no snapshot needs, as restic counts it. */
  async expectPruned(): Promise<void> {
    const { stdout } = await this.world.restic(['prune', '--dry-run', '--max-unused', '0']);
    expect(stdout).toMatch(/total prune:\s+0 blobs/);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]();
  }
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
