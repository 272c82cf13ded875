/** What the provider conformance suite needs of a volume, and the programs that it works with. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Volume } from '#contract';
import { fateOf, ownIdentity, type ProcessIdentity } from '../../volumes/process-identity.ts';
import type { RunChange, RunRecord } from '../../volumes/run-journal.ts';
import type { CreateOptions, Provider, SnapshotChange, SweepOptions, SweepReport } from '../provider.ts';

/** A real volume that is in use: its file system is mounted read-write. Disposing takes everything down. */
export interface ProviderStand extends AsyncDisposable {
  /** Where it is mounted. */
  readonly folder: string;
  /** A folder on another volume, with room for a few copies. */
  readonly scratch: string;
  /** Describes it as it is now. */
  volume(): Promise<Volume>;
  /** Has an outside judge (e2fsck -fn, xfs_repair -n, btrfs check) look at a copy of a snapshot; rejects where it is damaged. */
  check(copy: string): Promise<void>;
  /** All that a provider could leave behind: logical volumes, clones, loop devices, mounts. Sorted lines. */
  inventory(): Promise<string[]>;
}

/** A provider and volumes for it. */
export interface ProviderSubject {
  /** Title of the suite: the provider, and the volume's kind. */
  name: string;
  provider: Provider;
  /** A volume that it can snapshot, freshly made. */
  makeVolume(): Promise<ProviderStand>;
  /** A volume that it has to refuse. */
  makeUnfit(): Promise<AsyncDisposable & { readonly volume: Volume }>;
}

/** A run's record in memory. */
export class MemoryJournal implements RunRecord {
  readonly runId: string;
  readonly changes: RunChange[] = [];

  constructor(runId: string) {
    this.runId = runId;
  }

  async add(change: RunChange): Promise<void> {
    this.changes.push(change);
  }

  async settle(change: RunChange): Promise<void> {
    const at = this.changes.indexOf(change);
    if (at >= 0) this.changes.splice(at, 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing is on disk.
  }

  /** What a sweep is given of it. */
  snapshots(provider: Provider): SnapshotChange[] {
    return this.changes.filter((change): change is SnapshotChange => {
      return change.kind === 'snapshot' && change.provider === provider.name;
    });
  }
}

/** Options of a run of this process, with a fresh journal. */
export async function createOptions(
  changed: Partial<CreateOptions> = {},
): Promise<CreateOptions & { journal: RunRecord; memory: MemoryJournal }> {
  const runId = randomBytes(8).toString('hex');
  const memory = new MemoryJournal(runId);
  const owner = await ownIdentity();
  return { runId, owner, journal: memory, memory, cache: {}, deadlineMs: 120_000, ...changed };
}

/**
 * A process that can own snapshots and be killed. It lives while they are made: other tests may sweep at any time, and
 * would be right to take what belongs to the dead.
 */
export async function startOwner(): Promise<{ identity: ProcessIdentity; kill(): Promise<void> }> {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const line = await readFile(`/proc/${child.pid}/stat`, 'utf8');
  const startTicks = line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  const own = await ownIdentity();
  return {
    identity: { ...own, pid: child.pid ?? 0, startTicks },
    async kill() {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** How many sentences speak of something. */
export function mentions(sentences: readonly string[], ...words: string[]): number {
  return sentences.filter((sentence) => words.some((word) => sentence.includes(word))).length;
}

/** Name under which the suite keeps snapshots. */
export const KEEPER = 'conformance';

/** Sweeps as a session does. */
export function sweep(
  provider: Provider,
  changes: SnapshotChange[],
  some: Partial<SweepOptions> = {},
): Promise<SweepReport> {
  const isAlive = async (owner: ProcessIdentity): Promise<boolean> => (await fateOf(owner)) === 'alive';
  return provider.sweep({ isAlive, changes, places: [], keeper: KEEPER, isKept: () => false, ...some });
}

/** Runs a program to its end with `input`; rejects with what it said. */
export async function runToEnd(program: string, args: readonly string[], input = ''): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  // A program that reads nothing may have ended before.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  assert.equal(status, 0, `${program} ${args.join(' ')}: ${said}`);
}

/** Text that stands nowhere else, long enough to get blocks of its own. */
export function newMarker(): { token: string; content: string } {
  const token = randomBytes(24).toString('hex');
  return { token, content: `${token}\n`.repeat(2000) };
}

/** Writes a file from another process, which then waits instead of this one where the file system stands still. */
export function writeDurably(folder: string, name: string, content: string): Promise<void> {
  return runToEnd('sh', ['-c', 'cat > "$0" && sync "$0"', join(folder, name)], content);
}

/** Asserts that the file system takes writes again, within ten seconds. */
export async function assertWritable(folder: string): Promise<void> {
  await runToEnd('timeout', [
    '--signal=KILL',
    '10',
    'sh',
    '-c',
    'echo x > "$0" && sync "$0"',
    join(folder, 'writable'),
  ]);
}

/** A process that writes to the volume as fast as it can until it is disposed. */
export async function startWriter(folder: string): Promise<AsyncDisposable & { written(): Promise<number> }> {
  const path = join(folder, 'stamps');
  // No programs of its own: they would outlive it for a moment and keep the volume busy.
  const script = 'i=0; while :; do i=$((i+1)); echo "stamp $i" >> "$0"; done';
  const child = spawn('sh', ['-c', script, path], { stdio: 'ignore' });
  await once(child, 'spawn');
  const written = (): Promise<number> =>
    stat(path).then(
      (found) => found.size,
      () => 0,
    );
  while ((await written()) === 0) await pause(10);
  return {
    written,
    async [Symbol.asyncDispose]() {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Copies a device or file past the page cache, where that is possible. */
export async function copyOut(readPath: string, copy: string): Promise<void> {
  const args = [`if=${readPath}`, `of=${copy}`, 'bs=1M', 'conv=sparse'];
  await runToEnd('dd', [...args, 'iflag=direct']).catch(() => runToEnd('dd', args));
  // `conv=sparse` cuts off a tail of zeros that it only seeks over.
  await using handle = await open(copy, 'r+');
  const size = await sizeOf(readPath);
  if ((await handle.stat()).size < size) await handle.truncate(size);
}

/** Bytes of a file or device. */
export async function sizeOf(path: string): Promise<number> {
  const found = await stat(path);
  if (found.isFile()) return found.size;
  const minor = (found.rdev & 0xff) + (Math.floor(found.rdev / 2 ** 12) & 0xfff00);
  const sectors = await readFile(`/sys/dev/block/${Math.floor(found.rdev / 2 ** 8) & 0xfff}:${minor}/size`, 'utf8');
  return Number(sectors) * 512;
}

const PIECE_BYTES = 4 * 1024 * 1024;

/** Calls `see` with a file's content piece by piece. */
async function forEachPiece(path: string, see: (piece: Buffer, offset: number) => void | Promise<void>): Promise<void> {
  await using handle = await open(path, 'r');
  const piece = Buffer.alloc(PIECE_BYTES);
  for (let offset = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, offset);
    if (bytesRead === 0) return;
    await see(piece.subarray(0, bytesRead), offset);
    offset += bytesRead;
  }
}

/** Whether a file contains the token. */
export async function contains(path: string, token: string): Promise<boolean> {
  let tail = Buffer.alloc(0);
  let found = false;
  await forEachPiece(path, (piece) => {
    const joined = Buffer.concat([tail, piece]);
    found ||= joined.includes(token);
    tail = Buffer.from(joined.subarray(Math.max(0, joined.length - token.length)));
  });
  return found;
}

/** Asserts that two files are equal, byte for byte. */
export async function assertSameContent(one: string, other: string): Promise<void> {
  await runToEnd('cmp', [one, other]);
}

/** Offsets of 512-byte units in which two files of one size differ. */
export async function differingUnits(one: string, other: string): Promise<number[]> {
  const found: number[] = [];
  await using second = await open(other, 'r');
  const buffer = Buffer.alloc(PIECE_BYTES);
  await forEachPiece(one, async (piece, offset) => {
    const { bytesRead } = await second.read(buffer, 0, piece.length, offset);
    assert.equal(bytesRead, piece.length);
    if (piece.equals(buffer.subarray(0, bytesRead))) return;
    for (let at = 0; at < piece.length; at += 512) {
      const end = Math.min(at + 512, piece.length);
      if (piece.compare(buffer, at, end, at, end) !== 0) found.push(offset + at);
    }
  });
  return found;
}
