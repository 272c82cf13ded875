/** A snapshot for the length of a run: quiesce, wait for stillness, take it, resume, watch it, let it go. */
import type { SnapshotFill, Volume, WarningKind } from '#contract';
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import type { Ports } from '../ports.ts';
import { ownIdentity } from '../volumes/process-identity.ts';
import type { RunRecord } from '../volumes/run-journal.ts';
import { postsnapshotWarning, presnapshotFailed, runSnapshotCommand } from './commands.ts';
import type { CacheRequest, Provider, TakenSnapshot } from './provider.ts';
import { SpaceWatch } from './space-watch.ts';
import { measureWriteRate } from './write-counters.ts';
import { waitForWriteIdle } from './write-idle.ts';

/** The options that shape a snapshot. */
export interface SnapshotOptions {
  /** `snapshotcachesize`, `snapshotcachelocation`. */
  cache: Pick<CacheRequest, 'percent' | 'location'>;
  /** `snapshotfsidlewait`, `snapshotfsidleretries`, `snapshotfsidleaction`. */
  idle: { firstMs: number; lastMs: number; retries: number; action: 'fail' | 'continue' };
  /** `presnapshotcmd`, `postsnapshotcmd`; blank: none. */
  preCommand: string;
  postCommand: string;
  /** `snapshotcmdtimelimit`. */
  commandTimeLimitMs: number;
  /** `freezetimelimit`. */
  freezeTimeLimitMs: number;
}

export interface HoldSnapshotOptions {
  volume: Volume;
  provider: Provider;
  options: SnapshotOptions;
  ports: Ports;
  journal: RunRecord;
  signal: AbortSignal;
  onFill(fill: SnapshotFill | undefined): void;
  warn(text: string, kind?: WarningKind): void;
}

/** A snapshot that is watched. Disposing releases it; what cannot be released is told, and swept at the next start. */
export interface HeldSnapshot extends AsyncDisposable {
  taken: TakenSnapshot;
  /** `presnapshotcmd` ran and succeeded. */
  quiesced: boolean;
  watch: SpaceWatch;
}

/** How long writes are counted where nobody says how large the snapshot is to be. */
const MEASURE_MS = 1000;

/**
 * Throws what the provider's `create` throws, `SNAPSHOT_COMMAND_FAILED`, `VOLUME_NOT_IDLE`, `CANCELLED`; everything is
 * as before then, and an application that was made to pause goes on.
 */
export async function holdSnapshot(hold: HoldSnapshotOptions): Promise<HeldSnapshot> {
  const { provider, volume, options, ports, warn, onFill } = hold;
  const cache = { ...options.cache, ...(await expectation(hold)) };
  const application = await pause(hold);
  let taken: TakenSnapshot;
  try {
    await waitUntilIdle(hold);
    taken = await provider.create(volume, {
      runId: hold.journal.runId,
      owner: await ownIdentity(),
      journal: hold.journal,
      cache,
      deadlineMs: options.freezeTimeLimitMs,
      signal: hold.signal,
    });
  } catch (error) {
    await application.resume('failed');
    throw error;
  }
  for (const warning of taken.warnings) warn(warning, 'snapshot');
  // An application that writes to a frozen volume hangs, and so would the command that wakes it. (Never throws.)
  if (!provider.capabilities.blocksWriters) await application.resume('taken');
  const watch = new SpaceWatch({
    provider,
    snapshot: taken,
    volume: volume.name,
    sizeBytes: volume.sizeBytes,
    clock: ports.clock,
    onFill,
    warn,
  });
  return {
    taken,
    quiesced: application.paused,
    watch,
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]();
      try {
        await taken[Symbol.asyncDispose]();
      } catch (error) {
        warn(leftBehind(volume, error), 'snapshotLeft');
      } finally {
        await application.resume('taken');
      }
    },
  };
}

function leftBehind(volume: Volume, error: unknown): string {
  const reason = error instanceof EngineError ? error.details.reason : undefined;
  return `The snapshot of ${volume.name} could not be removed: ${String(reason ?? error)} The next start tries again.`;
}

/** What the size of the snapshot depends on. */
async function expectation({ volume, provider, options, ports, signal }: HoldSnapshotOptions): Promise<CacheRequest> {
  if (!provider.capabilities.bounded || options.cache.percent !== undefined) return {};
  const writeRate = await measureWriteRate(volume, { durationMs: MEASURE_MS, clock: ports.clock, signal });
  return {
    ...(writeRate === undefined ? {} : { writeRate }),
    readBytes: volume.usedBytes ?? volume.sizeBytes,
  };
}

interface Application {
  readonly paused: boolean;
  /** Runs `postsnapshotcmd` once; whatever fails is a warning. */
  resume(state: 'taken' | 'failed'): Promise<void>;
}

/** Runs `presnapshotcmd`. One that fails may have paused a part already, so the post command runs all the same. */
async function pause({ volume, options, ports, journal, signal, warn }: HoldSnapshotOptions): Promise<Application> {
  const { preCommand, postCommand, commandTimeLimitMs: timeLimitMs } = options;
  const { logger } = ports;
  const shared = { volume, runId: journal.runId, timeLimitMs, logger };
  const note = { kind: 'application', volume: volume.name };
  let resumed = false;
  const resume = async (snapshotState: 'taken' | 'failed'): Promise<void> => {
    if (resumed) return;
    resumed = true;
    try {
      if (postCommand.trim() !== '') {
        // Not to be cancelled: the application waits for it.
        const result = await runSnapshotCommand({ ...shared, when: 'post', command: postCommand, snapshotState });
        if (!result.ok) warn(postsnapshotWarning(volume, result), 'snapshotCommand');
      }
      if (preCommand.trim() !== '') await journal.settle(note);
    } catch (error) {
      // The snapshot and what failed before are of more weight.
      const reason = error instanceof Error ? error.message : String(error);
      warn(
        `postsnapshotcmd of ${volume.name} could not be run; the application may still be paused. ${reason}`,
        'snapshotCommand',
      );
    }
  };
  if (preCommand.trim() === '') return { paused: false, resume };
  throwIfCancelled(signal);
  await journal.add(note);
  try {
    const result = await runSnapshotCommand({ ...shared, when: 'pre', command: preCommand, signal });
    if (!result.ok) throw presnapshotFailed(volume, result);
  } catch (error) {
    await resume('failed');
    throw error;
  }
  return { paused: true, resume };
}

async function waitUntilIdle({ volume, options, ports, signal, warn }: HoldSnapshotOptions): Promise<void> {
  const { firstMs, lastMs, retries, action } = options.idle;
  if (firstMs === 0) return;
  const result = await waitForWriteIdle({
    volume,
    waits: { firstMs, lastMs },
    retries,
    clock: ports.clock,
    signal,
  });
  if (result.idle) return;
  const { reason } = result;
  const remedy = 'Try again at a quieter time, or set snapshotfsidleaction to continue.';
  if (action === 'fail') throw new EngineError('VOLUME_NOT_IDLE', { volume: volume.name, reason, remedy });
  warn(`${reason} The snapshot was taken all the same.`, 'notIdle');
}
