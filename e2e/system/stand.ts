/** A test stand: its own folder, repository, settings, and the real command line; undone on every path. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WireError } from '#contract';
import { type Ended, run } from '../driver/programs.ts';
import { entryPoint, environmentOf, type Place } from '../driver/stillframe.ts';

export { run };

/** One volume of a backup's result. */
export interface VolumeRow {
  image: { id: string };
  counters: { storedBytes: number; deduplicatedBytes: number };
}

/** How a command of ours ended, with the JSON lines that it printed. */
export interface Outcome {
  code: number;
  lines: Record<string, unknown>[];
  stderr: string;
}

/** A command that is still running. */
export interface Running {
  child: ChildProcess;
  /** The first JSON line for which `wanted` holds; undefined where the command ended before. */
  line(wanted: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown> | undefined>;
  outcome: Promise<Outcome>;
}

/** One stand. */
export class Stand implements AsyncDisposable {
  readonly folder: string;
  readonly place: Place;
  readonly #undo: (() => Promise<unknown>)[] = [];

  private constructor(folder: string) {
    this.folder = folder;
    this.place = {
      repository: join(folder, 'repository'),
      passwordFile: join(folder, 'passphrase'),
      home: join(folder, 'home'),
    };
  }

  static async create(): Promise<Stand> {
    const stand = new Stand(await mkdtemp(join(tmpdir(), 'stillframe-test-')));
    await writeFile(stand.place.passwordFile, 'correct horse battery staple\n', { mode: 0o600 });
    return stand;
  }

  /** Registers what undoes something; the last registered is undone first. */
  defer(undo: () => Promise<unknown>): void {
    this.#undo.push(undo);
  }

  /** Starts a command of ours with `-json`. */
  start(...args: string[]): Running {
    const env = { ...process.env, ...environmentOf(this.place) };
    const child = spawn('node', [entryPoint(), ...args, '-json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: Record<string, unknown>[] = [];
    const waiting = new Set<(line: Record<string, unknown> | undefined) => void>();
    let stderr = '';
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const reader = createInterface({ input: child.stdout });
    reader.on('line', (line) => {
      text += `${line}\n`;
      const parsed = parseLine(line);
      if (!parsed) return;
      lines.push(parsed);
      for (const tell of waiting) tell(parsed);
    });
    const outcome = new Promise<Outcome>((done) => {
      child.on('close', (code, signal) => {
        for (const tell of waiting) tell(undefined);
        const document = lines.length === 0 ? parseLine(text) : undefined;
        done({ code: code ?? (signal ? -1 : 0), lines: document ? [document] : lines, stderr });
      });
    });
    const line: Running['line'] = (wanted) =>
      new Promise((found) => {
        const tell = (candidate: Record<string, unknown> | undefined): void => {
          if (candidate && !wanted(candidate)) return;
          waiting.delete(tell);
          found(candidate);
        };
        waiting.add(tell);
      });
    return { child, line, outcome };
  }

  /** Runs a command of ours to its end. */
  run(...args: string[]): Promise<Outcome> {
    return this.start(...args).outcome;
  }

  /** Runs a command that must succeed, and returns its last JSON line. */
  async ok(...args: string[]): Promise<Record<string, unknown>> {
    const outcome = await this.run(...args);
    if (outcome.code > 8 || outcome.code < 0) {
      throw new Error(
        `${args.join(' ')}: rc ${outcome.code}\n${JSON.stringify(outcome.lines.at(-1))}\n${outcome.stderr}`,
      );
    }
    return outcome.lines.at(-1) ?? {};
  }

  /** Backs one volume up; returns its row of the result. */
  async backup(volume: string, ...options: string[]): Promise<VolumeRow> {
    const { results } = (await this.ok('backup', 'image', volume, ...options)) as { results?: VolumeRow[] };
    const [row] = results ?? [];
    if (!row) throw new Error(`no result for ${volume}`);
    return row;
  }

  /** restic on the stand's repository. */
  restic(args: string[], accept: number[] = [0]): Promise<Ended> {
    const env = {
      RESTIC_REPOSITORY: this.place.repository,
      RESTIC_PASSWORD_FILE: this.place.passwordFile,
      RESTIC_CACHE_DIR: join(this.folder, 'restic-cache'),
    };
    return run('restic', args, { env, accept });
  }

  /** Attaches a file as a loop device until the stand is undone. */
  async attach(file: string): Promise<string> {
    const device = (await run('losetup', ['--find', '--show', file])).stdout.trim();
    this.defer(() => run('losetup', ['--detach', device], { accept: [0, 1] }));
    return device;
  }

  /** Mounts until the stand is undone. */
  async mount(device: string, options = 'rw'): Promise<string> {
    const point = await mkdtemp(join(this.folder, 'mount-'));
    await run('mount', ['-o', options, device, point]);
    this.defer(() => run('umount', [point], { accept: [0, 1, 32] }));
    return point;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const undo of this.#undo.reverse()) await undo();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The error of a failed command. */
export function errorOf(outcome: Outcome): WireError {
  const last = outcome.lines.at(-1) as { error?: WireError; results?: { error?: WireError }[] } | undefined;
  const error = last?.error ?? last?.results?.find((row) => row.error)?.error;
  if (!error)
    throw new Error(`no error was printed: rc ${outcome.code}\n${JSON.stringify(outcome.lines)}\n${outcome.stderr}`);
  return error;
}

/** How many lock files the repository has. What a killed run was about to name so (a temporary name) locks nothing. */
export async function lockCount(stand: Stand): Promise<number> {
  const names = await readdir(join(stand.place.repository, 'locks'));
  return names.filter((name) => /^[0-9a-f]{64}$/.test(name)).length;
}

/** Mount options of a mount point, or undefined where nothing is mounted. */
export async function mountOptions(point: string): Promise<string | undefined> {
  const lines = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' '));
  return lines.findLast((fields) => fields[1] === point)?.[3];
}
