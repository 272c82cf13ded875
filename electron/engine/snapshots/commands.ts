/** `presnapshotcmd` and `postsnapshotcmd`: the administrator's commands around a snapshot (domain.md, 1.8). */
import type { Volume } from '#contract';
import { EngineError, errnoOf } from '../base/errors.ts';
import type { Logger } from '../ports.ts';
import { CommandOutput } from './commands/output.ts';
import { runShell, type ShellEnd } from './commands/process.ts';

export interface SnapshotCommand {
  when: 'pre' | 'post';
  /** Run by `/bin/sh -c` exactly as it stands; blank: nothing is run. */
  command: string;
  volume: Pick<Volume, 'name' | 'mounts'>;
  runId: string;
  timeLimitMs: number;
  /** Of `post`: whether there is a snapshot. */
  snapshotState?: 'taken' | 'failed' | undefined;
  logger: Logger;
  signal?: AbortSignal | undefined;
  /** Between SIGTERM and SIGKILL; default 3 seconds. */
  graceMs?: number;
}

/** How a command ended. `output`: its last words, at most 4 KiB. */
export type CommandResult =
  | { ok: true; output: string }
  | {
      ok: false;
      /** One English clause, to follow “presnapshotcmd”. */
      reason: string;
      exitCode?: number | undefined;
      signal?: string | undefined;
      timedOut: boolean;
      output: string;
    };

const GRACE_MS = 3000;
/** Whoever is asked to pause an application needs no key of ours, nor what opens the repository's store. */
const WITHHELD = /^(STILLFRAME_|RESTIC_|AWS_|B2_|AZURE_|GOOGLE_|OS_|ST_|RCLONE_)/;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/**
 * Runs the command. Volume, mount point and run are in its environment and nowhere else, so no name can become a part of
 * it. Its output goes to the log. Throws `CANCELLED` once everything that it started in its session was ended.
 */
export async function runSnapshotCommand(options: SnapshotCommand): Promise<CommandResult> {
  const { when, command, volume, timeLimitMs, logger, signal, graceMs = GRACE_MS } = options;
  if (command.trim() === '') return { ok: true, output: '' };
  const name = `${when}snapshotcmd`;
  const output = new CommandOutput((line) => logger.info(name, { volume: volume.name, line }));
  const environment = environmentFor(options);
  const onOutput = (chunk: Buffer) => output.add(chunk);
  let end: ShellEnd;
  try {
    end = await runShell({ command, environment, timeLimitMs, graceMs, signal, onOutput });
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const why = errnoOf(error) ?? (error instanceof Error ? error.message : String(error));
    return { ok: false, reason: `could not be started (${why})`, timedOut: false, output: '' };
  } finally {
    output.finish();
  }
  const reason = whyFailed(end, timeLimitMs);
  if (reason === undefined) return { ok: true, output: output.tail() };
  logger.warn(`${name} failed`, { volume: volume.name, reason });
  return {
    ok: false,
    reason,
    ...(end.exitCode === null ? {} : { exitCode: end.exitCode }),
    ...(end.signal === null ? {} : { signal: end.signal }),
    timedOut: end.timedOut,
    output: output.tail(),
  };
}

function environmentFor({ when, volume, runId, snapshotState }: SnapshotCommand): NodeJS.ProcessEnv {
  const passedOn = Object.entries(process.env).filter(([name]) => !WITHHELD.test(name));
  return {
    ...Object.fromEntries(passedOn),
    STILLFRAME_VOLUME: volume.name,
    STILLFRAME_MOUNT_POINT: volume.mounts[0]?.mountPoint ?? '',
    STILLFRAME_RUN_ID: runId,
    STILLFRAME_WHEN: when,
    ...(snapshotState === undefined ? {} : { STILLFRAME_SNAPSHOT: snapshotState }),
  };
}

function whyFailed({ exitCode, signal, timedOut, stuck }: ShellEnd, timeLimitMs: number): string | undefined {
  if (timedOut) {
    const still = stuck ? ' and cannot be ended' : ' and was ended';
    return `took longer than ${Math.round(timeLimitMs / 1000)} seconds (snapshotcmdtimelimit)${still}`;
  }
  if (signal !== null) return `was ended by ${signal}`;
  if (exitCode === 0) return undefined;
  if (exitCode === NOT_FOUND) return `ended with exit code ${exitCode}: a program in it was not found`;
  if (exitCode === NOT_EXECUTABLE) return `ended with exit code ${exitCode}: a program in it cannot be executed`;
  return `ended with exit code ${exitCode}`;
}

type Failure = Extract<CommandResult, { ok: false }>;

/** Why the backup stops: the application is not known to stand still. */
export function presnapshotFailed(volume: Pick<Volume, 'name'>, failure: Failure): EngineError {
  return new EngineError('SNAPSHOT_COMMAND_FAILED', {
    volume: volume.name,
    reason: `presnapshotcmd ${failure.reason}.`,
    remedy: 'Correct the command, or set presnapshotcmd to "" to do without.',
    ...(failure.exitCode === undefined ? {} : { exitCode: failure.exitCode }),
    ...(failure.output === '' ? {} : { output: failure.output }),
  });
}

/** One English sentence. The image is good all the same; the application may still be paused. */
export function postsnapshotWarning(volume: Pick<Volume, 'name'>, failure: Failure): string {
  const words = failure.output === '' ? '' : ` It said: ${failure.output.split('\n').slice(-3).join(' / ')}`;
  return `postsnapshotcmd of ${volume.name} ${failure.reason}; the application may still be paused.${words}`;
}
