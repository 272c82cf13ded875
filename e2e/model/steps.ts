/** The operations of the model test, each with what it does to the reference. */
import { expect } from 'vitest';
import type { BackupCopyGroup, PolicySet } from '#contract';
import { seededBelow } from '#engine/testing/seeded.ts';
import type { ModelRun } from './model-run.ts';
import { type ReferenceImage, survivors } from './reference.ts';
import type { Ending } from './world.ts';

/** What a step was, and whether something was killed, so that its lock may be there. */
export interface Step {
  name: string;
  /** How often it is chosen, against the others. */
  weight: number;
  /** Resolves with whether something was killed. */
  take(run: ModelRun): Promise<boolean>;
}

const KILLED = 0.3;

/** An operation that a reader's shared lock may keep from running: then nothing may have changed. */
function wasLockedOut({ error }: Ending): boolean {
  return error?.code === 'REPOSITORY_LOCKED';
}

function expectDone(ending: Ending): void {
  expect(ending.error).toBeUndefined();
  if (ending.task) expect(ending.task.state).toBe('succeeded');
}

async function backup(run: ModelRun): Promise<boolean> {
  const volume = run.one(run.world.volumes) ?? '';
  const boundTo = run.bindings.get(volume) ?? run.reference.set.defaultClass;
  const known = run.reference.set.classes.find(({ name }) => name.toLowerCase() === boundTo.toLowerCase());
  const ending = await run.perform({ do: 'backup', volume }, KILLED);
  if (known?.backup === undefined) {
    const code = known === undefined ? 'MANAGEMENT_CLASS_UNKNOWN' : 'MANAGEMENT_CLASS_UNUSABLE';
    if (!ending.killed) expect(ending.error?.code).toBe(code);
    return ending.killed;
  }
  const image = await run.adopt(volume, known.name);
  if (!ending.killed) {
    expectDone(ending);
    expect(image).toBeDefined();
  }
  return ending.killed;
}

/** Removes exactly what the reference removes; killed, it removed nothing else. */
async function expire(run: ModelRun, reclaim: boolean): Promise<boolean> {
  const kept = survivors(run.reference, run.now());
  const ending = await run.perform({ do: 'expire', reclaim }, KILLED);
  const left = new Set(await run.storedIds());
  if (!ending.killed) {
    expectDone(ending);
    expect([...left].sort()).toEqual([...kept].sort());
    // Where nothing was removed, nothing is given back.
    if (ending.task?.result?.kind === 'expire' && ending.task.result.reclaimed) await run.expectPruned();
  } else for (const id of kept) expect(left).toContain(id);
  run.reference.images = run.reference.images.filter(({ id }) => left.has(id));
  return ending.killed;
}

async function prune(run: ModelRun): Promise<boolean> {
  const ending = await run.perform({ do: 'prune' }, KILLED);
  if (ending.killed) return true;
  expectDone(ending);
  await run.expectPruned();
  return false;
}

async function remove(run: ModelRun): Promise<boolean> {
  const image = run.one(run.reference.images);
  if (image === undefined) return false;
  const ending = await run.perform({ do: 'delete', imageIds: [image.id] });
  if (image.pinned) expect(ending.error?.code).toBe('IMAGE_PINNED');
  else {
    expectDone(ending);
    image.deleted = true;
  }
  return false;
}

async function undelete(run: ModelRun): Promise<boolean> {
  const image = run.one(run.reference.images.filter(({ deleted }) => deleted));
  if (image === undefined) return false;
  expectDone(await run.perform({ do: 'undelete', imageIds: [image.id] }));
  image.deleted = false;
  return false;
}

async function pin(run: ModelRun): Promise<boolean> {
  const image = run.one(run.reference.images.filter(({ deleted }) => !deleted));
  if (image === undefined) return false;
  expectDone(await run.perform({ do: 'pin', imageId: image.id, pinned: !image.pinned }));
  image.pinned = !image.pinned;
  return false;
}

async function deactivate(run: ModelRun): Promise<boolean> {
  const image = run.one(run.reference.images.filter(({ deleted }) => !deleted));
  if (image === undefined || run.reference.deactivated.has(image.volume)) return false;
  const at = run.now();
  expectDone(await run.perform({ do: 'deactivate', volume: image.volume }));
  run.reference.deactivated.set(image.volume, at);
  return false;
}

const NAMES = ['STANDARD', 'Kurz', 'LANG', 'ohne'] as const;

function randomGroup(run: ModelRun): BackupCopyGroup {
  const limit = (least: number, most: number) =>
    run.random() < 0.1 ? ('nolimit' as const) : least + seededBelow(run.random, most - least + 1);
  return {
    verExists: limit(1, 4),
    verDeleted: limit(0, 2),
    retExtra: limit(0, 30),
    retOnly: limit(0, 60),
    mode: 'modified',
    serialization: 'shrstatic',
    changingRetries: 0,
  };
}

/** A policy like the given one with one class changed, added or taken away. */
function changedSet(run: ModelRun): PolicySet {
  const { set } = run.reference;
  const name = run.one(NAMES) ?? 'STANDARD';
  const others = set.classes.filter((one) => one.name !== name);
  if (name !== 'STANDARD' && run.random() < 0.25 && others.length < set.classes.length)
    return { ...set, classes: others };
  const changed = { name, description: '', ...(name === 'ohne' ? {} : { backup: randomGroup(run) }) };
  return { ...set, graceRetention: seededBelow(run.random, 40), classes: [...others, changed] };
}

async function policy(run: ModelRun): Promise<boolean> {
  const before = run.reference.set;
  const set = changedSet(run);
  const ending = await run.perform({ do: 'policy', set }, KILLED);
  const inForce = (await run.world.reader.policy.describe()).set;
  if (ending.killed) expect([before, set]).toContainEqual(inForce);
  else {
    expectDone(ending);
    expect(inForce).toEqual(set);
  }
  run.reference.set = inForce;
  return ending.killed;
}

async function bind(run: ModelRun): Promise<boolean> {
  const volume = run.one(run.world.volumes) ?? '';
  const name = run.one(NAMES) ?? '';
  run.bindings.set(volume, name);
  run.log.push(`bind ${volume} to ${name}`);
  await run.world.bind(run.bindings);
  return false;
}

async function write(run: ModelRun): Promise<boolean> {
  const volume = run.one(run.world.volumes) ?? '';
  run.log.push(`write to ${volume}`);
  await run.world.write(volume, run.random);
  return false;
}

async function advance(run: ModelRun): Promise<boolean> {
  const days = 0.1 + run.random() * 15;
  run.log.push(`${days.toFixed(2)} days go by`);
  run.advance(days);
  return false;
}

/** restic removes, tags and prunes, as a person would with it. */
async function restic(run: ModelRun): Promise<boolean> {
  const image = run.one(run.reference.images);
  const kind = run.one(['tag', 'forget', 'prune'] as const) ?? 'prune';
  run.log.push(`restic ${kind} ${image?.id ?? ''}`);
  if (kind === 'prune' || image === undefined) await run.world.restic(['prune', '--max-unused', '0']);
  else if (kind === 'forget') {
    await run.world.restic(['forget', image.id]);
    run.reference.images = run.reference.images.filter(({ id }) => id !== image.id);
  } else await retag(run, image);
  return false;
}

/** restic gives the snapshot a new id. */
async function retag(run: ModelRun, image: ReferenceImage): Promise<void> {
  const before = new Set(await run.storedIds());
  await run.world.restic(['tag', '--add', `seen-${before.size}-${run.log.length}`, image.id]);
  const renamed = (await run.storedIds()).filter((id) => !before.has(id));
  expect(renamed).toHaveLength(1);
  image.id = renamed[0] ?? '';
}

/** A window reads an image while another process works. */
async function readMeanwhile(run: ModelRun): Promise<boolean> {
  const image = run.one(run.reference.images.filter(({ deleted }) => !deleted));
  const volume = run.one(run.world.volumes) ?? '';
  const boundTo = run.bindings.get(volume) ?? run.reference.set.defaultClass;
  const usable = run.reference.set.classes.find(({ name }) => name.toLowerCase() === boundTo.toLowerCase())?.backup;
  if (image === undefined || usable === undefined) return false;
  const kept = survivors(run.reference, run.now());
  const expiring = run.random() < 0.5;
  const working = run.perform(expiring ? { do: 'expire', reclaim: true } : { do: 'backup', volume });
  let reads = 0;
  let ended = false;
  void working.finally(() => {
    ended = true;
  });
  while (!ended || reads === 0) {
    const goes = !expiring || kept.has(image.id);
    const hash = await run.world.restored(image.id).catch((error: unknown) => String(error));
    // Who comes second waits or is told so; what is read is never wrong.
    if (goes && !/REPOSITORY_LOCKED/.test(hash)) expect(hash).toBe(image.hash);
    reads++;
  }
  const ending = await working;
  const lockedOut =
    wasLockedOut(ending) || (ending.task?.error !== undefined && wasLockedOut({ ...ending, error: ending.task.error }));
  if (!lockedOut) expectDone(ending);
  if (expiring) {
    const left = new Set(await run.storedIds());
    if (!lockedOut) expect([...left].sort()).toEqual([...kept].sort());
    run.reference.images = run.reference.images.filter(({ id }) => left.has(id));
  } else if (!lockedOut) await run.adopt(volume, boundTo);
  return false;
}

export const STEPS: readonly Step[] = [
  { name: 'write', weight: 14, take: write },
  { name: 'backup', weight: 24, take: backup },
  { name: 'advance', weight: 12, take: advance },
  { name: 'bind', weight: 5, take: bind },
  { name: 'policy', weight: 6, take: policy },
  { name: 'expire', weight: 7, take: (run) => expire(run, false) },
  { name: 'expire and prune', weight: 7, take: (run) => expire(run, true) },
  { name: 'prune', weight: 6, take: prune },
  { name: 'delete', weight: 5, take: remove },
  { name: 'undelete', weight: 2, take: undelete },
  { name: 'pin', weight: 4, take: pin },
  { name: 'deactivate', weight: 3, take: deactivate },
  { name: 'restic', weight: 6, take: restic },
  { name: 'read meanwhile', weight: 4, take: readMeanwhile },
];
