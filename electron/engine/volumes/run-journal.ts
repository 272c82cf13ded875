/**
 * What a run changed on this machine (mounts, snapshots, freezes, paused applications), written down before it is changed,
 * so that the next start can put back what a killed run left. One file a run: `runs/<run id>.json` in the state folder.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { lookRepairer } from './look-repair.ts';
import { fateOf, ownIdentity, type ProcessIdentity, processIdentitySchema } from './process-identity.ts';
import { remountRepairer } from './remount-repair.ts';

/** A thing that was changed; `kind` names the repairer that knows how to put it back. */
export type RunChange = { kind: string } & Record<string, z.core.util.JSONType>;

const recordSchema = z.object({
  version: z.literal(1),
  runId: z.string(),
  owner: processIdentitySchema,
  changes: z.array(z.record(z.string(), z.json()).and(z.object({ kind: z.string() }))),
});

export interface StoredRun {
  runId: string;
  owner: ProcessIdentity;
  changes: RunChange[];
}

/** What a repairer did. `settled`: nothing of the change is left to do. */
export interface RepairResult {
  settled: boolean;
  /** English sentence, where there is something to tell. */
  text?: string | undefined;
}

/** Puts back one kind of change of a dead run. `rebooted`: the machine was restarted since. */
export interface Repairer {
  kind: string;
  repair(change: RunChange, context: { rebooted: boolean }): Promise<RepairResult>;
}

/** One row a kind of change of this layer; layers above bring theirs. */
const REPAIRERS: readonly Repairer[] = [remountRepairer, lookRepairer];

/** A run's record. Disposing removes the file, unless changes are still in it. */
export interface RunRecord extends AsyncDisposable {
  readonly runId: string;
  /** Writes the change down durably; call it before making the change. */
  add(change: RunChange): Promise<void>;
  /** The change was undone. */
  settle(change: RunChange): Promise<void>;
}

function folderOf(ports: Pick<Ports, 'directories'>): string {
  return join(ports.directories.state, 'runs');
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** Replaces the file in one step, durably. */
async function writeRecord(folder: string, run: StoredRun): Promise<void> {
  const path = join(folder, `${run.runId}.json`);
  const temporary = `${path}.new`;
  {
    await using handle = await open(temporary, 'w', 0o600);
    await handle.writeFile(JSON.stringify({ version: 1, ...run }));
    await handle.sync();
  }
  await rename(temporary, path);
  await syncFolder(folder);
}

/** Starts a record. Without `runId` a random one is made. The file appears with the first change. */
export async function recordRun(options: {
  ports: Pick<Ports, 'directories' | 'random'>;
  runId?: string | undefined;
}): Promise<RunRecord> {
  const folder = folderOf(options.ports);
  const runId = options.runId ?? Buffer.from(options.ports.random.bytes(8)).toString('hex');
  const owner = await ownIdentity();
  const changes: RunChange[] = [];
  const store = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (changes.length > 0) await writeRecord(folder, { runId, owner, changes });
    else await rm(join(folder, `${runId}.json`), { force: true });
  };
  return {
    runId,
    async add(change) {
      changes.push(change);
      await store();
    },
    async settle(change) {
      const at = changes.indexOf(change);
      if (at < 0) return;
      changes.splice(at, 1);
      await store();
    },
    async [Symbol.asyncDispose]() {
      if (changes.length === 0) await rm(join(folder, `${runId}.json`), { force: true });
    },
  };
}

async function loadRun(path: string): Promise<StoredRun | undefined> {
  try {
    const { runId, owner, changes } = recordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return { runId, owner, changes };
  } catch (error) {
    if (errnoOf(error) === undefined) return undefined;
    throw error;
  }
}

/** Writing a record takes no longer. */
const UNFINISHED_AFTER_MS = 3_600_000;

/** Half-written records of processes that were killed meanwhile; the record itself is still as it was. */
async function removeUnfinished(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names.filter((candidate) => candidate.endsWith('.json.new'))) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats && Date.now() - stats.mtimeMs > UNFINISHED_AFTER_MS) await rm(path, { force: true });
  }
}

/** Records of all runs, dead or alive; `damaged` are files that cannot be understood. */
async function loadRuns(folder: string): Promise<{ runs: { path: string; run: StoredRun }[]; damaged: string[] }> {
  const names = await readdir(folder).catch(() => []);
  const runs: { path: string; run: StoredRun }[] = [];
  const damaged: string[] = [];
  await removeUnfinished(folder, names);
  for (const name of names.filter((candidate) => candidate.endsWith('.json'))) {
    const path = join(folder, name);
    try {
      const run = await loadRun(path);
      if (run) runs.push({ path, run });
      else damaged.push(path);
    } catch (error) {
      // Another process finished with it between the listing and now.
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }
  return { runs, damaged };
}

/** Changes that other living runs have made. */
export async function changesOfOthers(ports: Pick<Ports, 'directories'>, runId: string): Promise<RunChange[]> {
  const { runs } = await loadRuns(folderOf(ports));
  const living: RunChange[] = [];
  for (const { run } of runs) {
    if (run.runId !== runId && (await fateOf(run.owner)) === 'alive') living.push(...run.changes);
  }
  return living;
}

async function repairRun(
  path: string,
  run: StoredRun,
  rebooted: boolean,
  repairers: readonly Repairer[],
): Promise<string[]> {
  const texts: string[] = [];
  const left: RunChange[] = [];
  for (const change of run.changes) {
    const repairer = repairers.find((candidate) => candidate.kind === change.kind);
    const result = await (repairer?.repair(change, { rebooted }) ?? {
      settled: false,
      text: `A stopped run left a change that this version cannot undo (${change.kind}); its record is ${path}.`,
    });
    if (result.text !== undefined) texts.push(result.text);
    if (!result.settled) left.push(change);
  }
  if (left.length === 0) await rm(path, { force: true });
  else if (left.length < run.changes.length) await writeRecord(join(path, '..'), { ...run, changes: left });
  return texts;
}

/**
 * Puts back what dead runs left behind and removes their records; runs that are alive are not touched. What cannot be
 * put back now stays on record for the next start. Returns English sentences on what was done or is left to do.
 */
export async function sweepRuns(options: {
  ports: Pick<Ports, 'directories'>;
  repairers?: readonly Repairer[];
}): Promise<string[]> {
  const repairers = [...REPAIRERS, ...(options.repairers ?? [])];
  const { runs, damaged } = await loadRuns(folderOf(options.ports));
  const texts: string[] = [];
  for (const path of damaged) {
    await rename(path, `${path}.damaged`);
    texts.push(`The record of a stopped run could not be understood and was set aside as ${path}.damaged.`);
  }
  for (const { path, run } of runs) {
    const fate = await fateOf(run.owner);
    if (fate !== 'alive') texts.push(...(await repairRun(path, run, fate === 'rebooted', repairers)));
  }
  return texts;
}
