/** Two thousand runs that never were, the same at every start. */
import type { LogLine, MessageId, RunDetails, RunSummary, TaskSnapshot, WireError } from '#contract';
import { countersOf, IMAGES } from './fixture-data.ts';
import { readingOf } from './fixture-snapshots.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const REPOSITORY = '/mnt/backup/stillframe';
const HOURS_BETWEEN = 5.2;

const SUBJECTS = [
  '/dev/mapper/vg0-home',
  '/dev/mapper/vg0-mail',
  '/dev/mapper/vg0-projects--of--the--last--ten--years--and--their--build--outputs',
  '/dev/nvme0n1p2',
  '/srv/machines/debian-12.img',
] as const;

const FAILURES: readonly WireError[] = [
  {
    code: 'SNAPSHOT_LOST',
    message: 'SNAPSHOT_LOST dm status: 0 125829120 snapshot Invalid',
    details: {
      reason: 'The snapshot of /dev/vg0/mail was lost. Its space ran out.',
      remedy: 'Repeat the backup; what was stored is used again. Older images are as they were.',
    },
  },
  {
    code: 'REPOSITORY_FULL',
    message: 'REPOSITORY_FULL ENOSPC: no space left on device, write',
    details: { repository: REPOSITORY, neededBytes: 16_777_216 },
  },
  {
    code: 'ENGINE_GONE',
    message: 'ENGINE_GONE the engine of this run is gone',
    details: {
      reason: 'The computer was restarted, or lost power, while this ran.',
      remedy: 'Start it again. What it had stored already is used by the next run.',
    },
  },
  {
    code: 'VOLUME_BUSY',
    message: 'VOLUME_BUSY EBUSY: resource busy or locked, open',
    details: { holders: [{ kind: 'process', name: 'postgres', pid: 2211 }] },
  },
];

/** A small generator (mulberry32), so that every start shows the same. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function stateOf(chance: number): 'succeeded' | 'failed' | 'cancelled' {
  if (chance < 0.05) return 'failed';
  return chance < 0.075 ? 'cancelled' : 'succeeded';
}

/** Newest first. */
export function fixtureRuns(count: number, nowMs: number): RunSummary[] {
  const random = randomFrom(7);
  return Array.from({ length: count }, (_, index) => {
    const what = random();
    const kind = what < 0.86 ? 'backup' : what < 0.97 ? 'check' : 'restore';
    const state = stateOf(random());
    const subject =
      kind === 'check' ? REPOSITORY : (SUBJECTS[Math.floor(random() ** 1.6 * SUBJECTS.length)] ?? SUBJECTS[0]);
    const startedMs = nowMs - (index * HOURS_BETWEEN + 1 + random() * 3) * 3_600_000;
    const part = state === 'succeeded' ? 1 : random();
    const read = Math.round((kind === 'check' ? random() * 4 : 8 + random() * 180) * GIB * part);
    const stored = kind === 'backup' ? Math.round((0.02 + random() ** 4 * 14) * GIB * part) : 0;
    const elapsedSeconds = Math.round((20 + read / (420 * MIB)) * 10) / 10;
    const failure = FAILURES[Math.floor(random() * FAILURES.length)];
    const errorCode = state === 'failed' ? failure?.code : state === 'cancelled' ? 'CANCELLED' : undefined;
    const image = IMAGES[index % IMAGES.length];
    return {
      id: (0x51f0_0000 + index * 7919).toString(16).padStart(16, '0'),
      kind,
      subject,
      state,
      startedAt: new Date(startedMs).toISOString(),
      finishedAt: new Date(startedMs + elapsedSeconds * 1000).toISOString(),
      elapsedSeconds,
      readBytes: read,
      storedBytes: kind === 'restore' ? read : stored,
      deduplicatedBytes: kind === 'backup' ? Math.round(Math.max(0, read - stored * 2)) : 0,
      warningCount: state === 'succeeded' && random() < 0.06 ? 1 + Math.floor(random() * 3) : 0,
      ...(errorCode === undefined ? {} : { errorCode }),
      ...(kind === 'backup' && state === 'succeeded' && image ? { imageId: image.id } : {}),
      repeatable: kind !== 'restore',
    } satisfies RunSummary;
  });
}

/** A task of this session as the log would have it. */
export function runOfTask(task: TaskSnapshot): RunSummary {
  const { result } = task;
  const startedAt = task.startedAt ?? task.queuedAt;
  const untilMs = task.finishedAt === undefined ? Date.now() : Date.parse(task.finishedAt);
  const counters = result?.kind === 'backup' ? result.counters : undefined;
  return {
    id: task.id,
    kind: task.kind,
    subject: task.subject,
    state: task.state,
    startedAt,
    ...(task.finishedAt === undefined ? {} : { finishedAt: task.finishedAt }),
    elapsedSeconds: (untilMs - Date.parse(startedAt)) / 1000,
    readBytes: counters?.readBytes ?? task.progress?.bytesDone ?? 0,
    storedBytes: counters?.storedBytes ?? (task.kind === 'check' ? 0 : (task.progress?.storedBytes ?? 0)),
    deduplicatedBytes: counters?.deduplicatedBytes ?? 0,
    warningCount: task.warnings.length,
    ...(task.error ? { errorCode: task.error.code } : {}),
    ...(result?.kind === 'backup' ? { imageId: result.image.id } : {}),
    repeatable: task.kind !== 'restore' && task.finishedAt !== undefined,
  };
}

const WARNINGS = [
  'The snapshot of /dev/vg0/mail gets 12288 MiB instead of 20480 MiB, because vg0 has no more free; it fails if more is overwritten meanwhile.',
  'postsnapshotcmd of /dev/vg0/mail ended with exit code 1; the application may still be paused.',
  'The snapshot of /dev/vg0/mail could not be removed: LVM did not remove it. The next start tries again.',
];

const WARNING_IDS: MessageId[] = ['SFR9202W', 'SFR9203W', 'SFR9204W'];

function logOf(run: RunSummary, warnings: readonly string[]): LogLine[] {
  const startMs = Date.parse(run.startedAt);
  const step = (run.elapsedSeconds * 1000) / 12;
  const steps: [LogLine['level'], string][] = [
    ['info', 'Started.'],
    ['info', 'Phase: lock.'],
    ['info', 'Phase: snapshot.'],
    ['debug', 'lvcreate --snapshot --name stillframe_home_8c1d2e3f4a5b6c7d vg0/home'],
    ['info', 'Phase: store.'],
    ...warnings.map((text): [LogLine['level'], string] => ['warn', text]),
    ['info', 'Phase: index.'],
    ['info', 'Phase: release.'],
    run.state === 'failed'
      ? ['error', `${run.errorCode ?? 'INTERNAL'} {"volume":"${run.subject}"}`]
      : ['info', run.state === 'cancelled' ? 'Stopped.' : 'Completed.'],
  ];
  return steps.map(([level, text], index) => ({ time: new Date(startMs + index * step).toISOString(), level, text }));
}

/** Of a task of this session: what it really did. */
export function detailsOfTask(run: RunSummary, task: TaskSnapshot): RunDetails {
  const line = (text: string): LogLine => ({ time: run.startedAt, level: 'info', text });
  return {
    run,
    log: [line('Started.'), ...task.phasesDone.map((phase) => line(`Phase: ${phase}.`))],
    warnings: task.warnings,
    ...(task.warningIds ? { warningIds: task.warningIds } : {}),
    ...(task.result ? { result: task.result } : {}),
    ...(task.error ? { error: task.error } : {}),
    command: task.command,
  };
}

export function fixtureDetails(run: RunSummary): RunDetails {
  const warnings = WARNINGS.slice(0, run.warningCount);
  const error = FAILURES.find(({ code }) => code === run.errorCode);
  const image = IMAGES.find(({ id }) => id === run.imageId);
  const warningIds = WARNING_IDS.slice(0, run.warningCount);
  const facts = { run, log: logOf(run, warnings), warnings, ...(warnings.length > 0 ? { warningIds } : {}) };
  if (run.kind === 'check') {
    return {
      ...facts,
      command: 'stillframe check',
      ...(error ? { error } : {}),
      ...(run.state === 'succeeded'
        ? {
            result: {
              kind: 'check',
              readData: run.readBytes > 2 * GIB,
              packs: 6120,
              blobs: 402_113,
              snapshots: IMAGES.length,
              readBytes: run.readBytes,
              problems: [],
              elapsedSeconds: run.elapsedSeconds,
            },
          }
        : {}),
    };
  }
  return {
    ...facts,
    command: run.kind === 'backup' ? `stillframe backup image ${run.subject}` : '',
    ...(error ? { error } : {}),
    ...(image && run.state === 'succeeded'
      ? {
          result: {
            kind: 'backup',
            image,
            reading: readingOf(image, image),
            counters: {
              ...countersOf(image, readingOf(image, image)),
              readBytes: run.readBytes,
              storedBytes: run.storedBytes,
              deduplicatedBytes: run.deduplicatedBytes,
            },
            elapsedSeconds: run.elapsedSeconds,
            warnings,
          },
        }
      : {}),
  };
}
