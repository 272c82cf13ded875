/** The contract's backup requests answered from canned data. */
import { setTimeout } from 'node:timers/promises';
import { implement, ORPCError } from '@orpc/server';
import {
  type BackupPlan,
  type BackupRequest,
  contract,
  type ErrorCode,
  type ErrorDetails,
  type ImageSummary,
  type Volume,
  type WireError,
} from '#contract';
import { countersOf, IMAGES } from './fixture-data.ts';
import { fillOf, planImage, readingOf, shortOfSpace } from './fixture-snapshots.ts';
import type { FixtureTasks } from './fixture-tasks.ts';

export function fail(code: ErrorCode, details: ErrorDetails = {}): never {
  throw new ORPCError(code, { message: `fixture: ${code}`, data: { code, message: `fixture: ${code}`, details } });
}

/** What goes wrong with some of the volumes, two thirds through. */
function failureOf(volume: Volume, { provider }: Pick<BackupPlan, 'provider'>): WireError | undefined {
  if (volume.label.startsWith('archive')) {
    return {
      code: 'REPOSITORY_FULL',
      message: 'ENOSPC: no space left on device, write',
      details: {
        repository: '/mnt/backup/stillframe',
        neededBytes: 16_777_216,
        leftBehind: [
          'The snapshot vg0/stillframe_home_8c1d2e3f4a5b6c7d could not be removed. LVM did not remove it.',
          'Run: lvremove vg0/stillframe_home_8c1d2e3f4a5b6c7d.',
        ],
      },
    };
  }
  if (volume.label !== 'mail' || provider === 'NONE') return undefined;
  return {
    code: 'SNAPSHOT_LOST',
    message: 'dm status: 0 125829120 snapshot Invalid',
    details: {
      volume: volume.name,
      reason: `The snapshot of ${volume.name} was lost. Its space ran out.`,
      remedy: 'Repeat the backup; what was stored is used again. Older images are as they were.',
    },
  };
}

/** What an earlier image of the volume would say about the next one. */
function forecastOf(used: number, images: readonly ImageSummary[], freeBytes: number) {
  const expectedNewBytes = { low: Math.round(used * 0.02), high: Math.round(used * 0.05) };
  if (images.length === 0) {
    const first = { low: Math.round(used * 0.35), high: used };
    return { expectedNewBytes: first, freeAfterBytes: { low: Math.max(0, freeBytes - used), high: freeBytes } };
  }
  return {
    expectedNewBytes,
    freeAfterBytes: { low: freeBytes - expectedNewBytes.high, high: freeBytes - expectedNewBytes.low },
    durationSeconds: { low: used / 420e6, high: used / 310e6 },
  };
}

/** As the engine writes it, as far as the fixture needs it. */
function commandOf({ volume, imageType, mode, options = {}, ...request }: BackupRequest): string {
  const said = [
    ...(mode ? [`-mode=${mode}`] : []),
    ...(imageType ? [`-imagetype=${imageType}`] : []),
    ...(request.snapshotProviderImage ? [`-snapshotproviderimage=${request.snapshotProviderImage}`] : []),
    ...(request.imageGapBytes === undefined ? [] : [`-imagegapsize=${request.imageGapBytes / 1024}k`]),
    ...(request.managementClass ? [`-managementclass=${request.managementClass}`] : []),
    ...(request.compressionLevel ? [`-compressionlevel=${request.compressionLevel}`] : []),
    ...Object.entries(options).map(([name, text]) => `-${name}=${text}`),
  ];
  return ['stillframe backup image', ...said, volume].join(' ');
}

interface BackupFixture {
  images: readonly ImageSummary[];
  volumeNamed(name: string): Volume;
  tasks: FixtureTasks;
  freeBytes: number;
  /** Seconds that a task takes. */
  seconds: number;
}

export function backupAnswers({ images, volumeNamed, tasks, freeBytes, seconds }: BackupFixture) {
  const os = implement(contract);
  return {
    plan: os.backup.plan.handler(async ({ input }) => {
      await setTimeout(350);
      const volume = volumeNamed(input.volume);
      const used = volume.usedBytes ?? volume.sizeBytes;
      const planned = planImage(volume, input);
      const short = shortOfSpace(volume, input);
      const still = planned.imageType === 'static';
      return {
        volume,
        ...planned,
        warnings: short ? [] : planned.warnings,
        command: commandOf(input),
        readBytes: used,
        why: `ext4 says which blocks are used: ${((used / volume.sizeBytes) * 100).toFixed(0)} % of the volume is read, gaps up to 32 KB included.`,
        ...forecastOf(
          used,
          images.filter((image) => image.volume === volume.name),
          freeBytes,
        ),
        repositoryFreeBytes: freeBytes,
        used: {
          mode: 'used' as const,
          warnings: [],
          extentCount: 48_211,
          usedBytes: used,
          skippedCount: 48_211,
          skippedBytes: volume.sizeBytes - used,
        },
        gridBytes: 524_288,
        willRemount: still ? volume.mounts.map((each) => each.mountPoint) : [],
        obstacles: [
          ...(volume.system && still ? [`${volume.name} holds the running system and cannot be made read-only.`] : []),
          ...(short ? [`${short.reason} ${short.remedy}`] : []),
        ],
      };
    }),
    start: os.backup.start.handler(({ input }) => {
      const volume = volumeNamed(input.volume);
      const planned = planImage(volume, input);
      const short = shortOfSpace(volume, input);
      if (short?.space) {
        const { provider, reason, remedy, space } = short;
        fail('SNAPSHOT_NO_SPACE', { volume: volume.name, provider, reason, remedy, ...space });
      }
      if (volume.system) {
        fail('VOLUME_BUSY', {
          volume: volume.name,
          holders: [
            { kind: 'process', name: 'systemd-journald', pid: 412 },
            { kind: 'process', name: 'postgres', pid: 2210 },
          ],
        });
      }
      const found =
        images.find((each) => each.volume === volume.name) ?? ({ ...IMAGES[0], volume: volume.name } as ImageSummary);
      const { imageType, provider, consistency } = planned;
      const image = { ...found, imageType, provider, consistency, mode: input.mode ?? 'selective' };
      const reading = readingOf(image, input);
      const failure = failureOf(volume, planned);
      return tasks.start({
        kind: 'backup',
        subject: volume.name,
        phases: ['lock', 'snapshot', 'store', 'store', 'store', 'store', 'release', 'index'],
        totalBytes: volume.usedBytes ?? volume.sizeBytes,
        seconds,
        warnings: planned.warnings,
        fill: fillOf(volume, planned),
        outcome: failure
          ? { error: failure }
          : {
              result: {
                kind: 'backup',
                image,
                counters: countersOf(image, reading),
                reading,
                transferSeconds: 287.1,
                elapsedSeconds: 312.4,
                warnings: [
                  ...planned.warnings,
                  ...(volume.kind === 'loop' ? ['Change tracking was wrong, so everything in use was read.'] : []),
                ],
              },
            },
      });
    }),
  };
}
