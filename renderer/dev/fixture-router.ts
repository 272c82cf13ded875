/** The contract answered from canned data. */
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { contract, type ImageSummary, type RepositoryStatus, type RestorePlan, type Volume } from '#contract';
import { activityAnswers } from './fixture-activity.ts';
import { backupAnswers, fail } from './fixture-backup.ts';
import { blockAnswers } from './fixture-blocks.ts';
import { detailsOf, MANY_VOLUMES, VOLUMES } from './fixture-data.ts';
import { healthAnswers } from './fixture-health.ts';
import { type FixtureImages, fixtureImages } from './fixture-images.ts';
import { policyAnswers } from './fixture-policy.ts';
import { preferencesAnswers } from './fixture-preferences.ts';
import { retentionAnswers } from './fixture-retention.ts';
import { scheduleAnswers } from './fixture-schedules.ts';
import { readinessOf } from './fixture-snapshots.ts';
import { keyAnswers, supportAnswers } from './fixture-support.ts';
import { FixtureTasks } from './fixture-tasks.ts';

const GIB = 1024 ** 3;
const FREE = Math.round(1.24 * 1024 * GIB);

const LEFTOVERS = {
  removed: [
    'The snapshot vg0/stillframe_home_8c1d2e3f4a5b6c7d that a stopped run had left was removed.',
    '/dev/vg0/mail was left frozen by a stopped run; programs can write to it again.',
  ],
  left: [
    'The clone /srv/machines/stillframe_1f2e3d4c5b6a7980.clone could not be removed: EROFS. Delete /srv/machines/stillframe_1f2e3d4c5b6a7980.clone.',
  ],
};

export interface FixtureOptions {
  repository: RepositoryStatus['state'];
  /** No images and only image files. */
  empty: boolean;
  /** Default: `none` where it is empty, else `few`. */
  images?: FixtureImages;
  /** Timers can be installed; default: they can. */
  systemd?: boolean;
  /** `standard`: nothing was saved yet; `changed`: somebody else saves just before the window does. Default: `saved`. */
  policy?: 'standard' | 'saved' | 'changed' | 'lost';
  /** Forty volumes more. */
  many: boolean;
  /** The USB disk is pulled out so many seconds after the start; absent: never. */
  unplugSeconds?: number | undefined;
  /** Seconds that a task takes. */
  seconds: number;
}

export function createFixtureRouter(options: FixtureOptions) {
  const os = implement(contract);
  const tasks = new FixtureTasks();
  const blocks = blockAnswers((taskId) => {
    const task = tasks.list().find(({ id, state }) => id === taskId && state === 'running');
    return task && (task.progress ? task.progress.bytesDone / task.progress.bytesTotal : 0);
  });
  const volumes: Volume[] = options.empty ? [] : [...(options.many ? MANY_VOLUMES : VOLUMES)];
  const policy = policyAnswers({
    standard: options.policy === 'standard',
    changed: options.policy === 'changed',
    lost: options.policy === 'lost',
  });
  const started = Date.now();
  const images = fixtureImages(options.images ?? (options.empty ? 'none' : 'few'));
  let state = options.repository;
  let sweeps = 0;

  const status = (): RepositoryStatus => ({
    state,
    location: '/mnt/backup/stillframe',
    ...(state === 'open'
      ? {
          id: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
          freeBytes: FREE,
          totalBytes: 2 * 1024 * GIB,
          imageCount: images.length,
          ...(images[0] ? { lastImageAt: images[4]?.time ?? images[0].time } : {}),
        }
      : {}),
    ...(state === 'unreachable' ? { reason: 'The repository is no longer there.' } : {}),
  });
  const present = (): Volume[] => {
    const { unplugSeconds = Number.POSITIVE_INFINITY } = options;
    const unplugged = Date.now() > started + unplugSeconds * 1000;
    return unplugged ? volumes.filter(({ name }) => !name.startsWith('/dev/sdb')) : volumes;
  };
  const volumeNamed = (name: string) =>
    present().find((each) => each.name === name) ?? fail('VOLUME_NOT_FOUND', { volume: name });
  const imageNamed = (id: string) => images.find((each) => each.id === id) ?? fail('IMAGE_NOT_FOUND');

  function refusalsFor(image: ImageSummary, target: Volume): RestorePlan['refusals'] {
    if (target.system)
      return [{ code: 'TARGET_SYSTEM', text: `${target.name} holds the running system and is never overwritten.` }];
    if (target.mounts.length > 0) {
      return [
        {
          code: 'TARGET_MOUNTED',
          text: `${target.name} is mounted at ${target.mounts[0]?.mountPoint}; unmount it first.`,
        },
      ];
    }
    if (!target.writable)
      return [
        { code: 'TARGET_PERMISSION', text: `Writing to ${target.name} needs root rights or membership in its group.` },
      ];
    if (target.sizeBytes < image.imageSize)
      return [
        {
          code: 'TARGET_TOO_SMALL',
          text: `${target.name} is ${((image.imageSize - target.sizeBytes) / GIB).toFixed(1)} GiB too small for the image.`,
        },
      ];
    return [];
  }

  return os.router({
    system: {
      describe: os.system.describe.handler(() => ({
        version: '0.1.0',
        platform: 'linux x64',
        nodeName: 'workbench',
        privileged: true,
        homeDirectory: '/root',
        capabilities: { canPickFolder: false, canPickFile: false, canNotify: false, canElevate: false },
      })),
      browse: os.system.browse.handler(async ({ input }) => {
        const path = resolve(input.path ?? '/usr');
        const entries = await readdir(path, { withFileTypes: true });
        return {
          path,
          ...(path === '/' ? {} : { parent: dirname(path) }),
          entries: entries.map((entry) => ({
            name: entry.name,
            path: join(path, entry.name),
            kind: entry.isDirectory() ? ('folder' as const) : ('file' as const),
          })),
        };
      }),
      // Something to clean up every other time.
      sweep: os.system.sweep.handler(async () => {
        await setTimeout(600);
        sweeps += 1;
        return sweeps % 2 === 1 ? LEFTOVERS : { removed: [], left: [] };
      }),
      pick: os.system.pick.handler(() => fail('UNSUPPORTED_ON_HOST')),
    },
    repository: {
      ...keyAnswers(),
      status: os.repository.status.handler(() => status()),
      create: os.repository.create.handler(() => {
        state = 'open';
        return { status: status(), recoveryKey: 'KQ7M-2RTD-9XWF-HB4N-6VJC-PZ3A-8YGE-5SLU' };
      }),
      open: os.repository.open.handler(({ input }) => {
        if (input.passphrase !== 'correct horse') fail('PASSPHRASE_WRONG', { repository: input.location });
        state = 'open';
        return status();
      }),
      check: os.repository.check.handler(({ input }) =>
        tasks.start({
          kind: 'check',
          subject: '/mnt/backup/stillframe',
          phases: ['verify'],
          totalBytes: 96 * GIB,
          seconds: options.seconds,
          outcome: {
            result: {
              kind: 'check',
              readData: input.readData,
              packs: 6120,
              blobs: 402_113,
              snapshots: images.length,
              readBytes: 0,
              problems: [],
              elapsedSeconds: 3.4,
            },
          },
        }),
      ),
    },
    volumes: {
      list: os.volumes.list.handler(() => ({ volumes: present() })),
      addFile: os.volumes.addFile.handler(({ input }) => {
        if (!input.path.endsWith('.img'))
          fail('VOLUME_NOT_FOUND', { path: input.path, reason: `${input.path} is neither a block device nor a file.` });
        const added = { ...volumeNamed('/srv/machines/debian-12.img'), name: input.path };
        volumes.push(added);
        return added;
      }),
      readiness: os.volumes.readiness.handler(async ({ input }) => {
        await setTimeout(400);
        return (
          readinessOf(volumeNamed(input.volume)) ??
          fail('VOLUME_VANISHED', { volume: input.volume, reason: `There is no ${input.volume}.` })
        );
      }),
      mountReadOnly: os.volumes.mountReadOnly.handler(({ input }) => ({
        mountPoint: `/run/stillframe/look/${input.volume.split('/').at(-1)}`,
      })),
      unmount: os.volumes.unmount.handler(() => ({})),
      removeFile: os.volumes.removeFile.handler(({ input }) => {
        volumes.splice(
          volumes.findIndex((each) => each.name === input.path),
          1,
        );
        return {};
      }),
    },
    backup: backupAnswers({ images, volumeNamed, tasks, freeBytes: FREE, seconds: options.seconds }),
    images: {
      ...blocks.ofImage,
      list: os.images.list.handler(() => ({ images })),
      details: os.images.details.handler(({ input }) => detailsOf(imageNamed(input.id))),
    },
    restore: {
      plan: os.restore.plan.handler(({ input }) => {
        const image = imageNamed(input.source);
        const target = input.toFile ? undefined : volumeNamed(input.target ?? image.volume);
        return {
          planId: `${image.id} ${input.target ?? image.volume}`,
          image,
          ...(target ? { target } : {}),
          targetName: input.target ?? image.volume,
          targetExists: target !== undefined,
          writeBytes: image.usedSize,
          freeBytes: image.imageSize - image.usedSize,
          targetContent: target
            ? `${target.fsType || 'no known file system'}${target.label ? ` “${target.label}”` : ''}`
            : '',
          refusals: target ? refusalsFor(image, target) : [],
          warnings:
            target && target.sizeBytes > image.imageSize
              ? ['The target is larger than the image; what lies beyond the image stays as it is.']
              : [],
        };
      }),
      start: os.restore.start.handler(({ input }) => {
        const image = imageNamed(input.source);
        const target = input.target ?? image.volume;
        return tasks.start({
          kind: 'restore',
          subject: target,
          phases: ['plan', 'write', 'write', 'write', 'verify', 'verify'],
          totalBytes: image.usedSize,
          seconds: options.seconds,
          outcome: {
            result: {
              kind: 'restore',
              imageId: image.id,
              target,
              writtenBytes: image.usedSize,
              skippedBytes: image.imageSize - image.usedSize,
              discardedBytes: 0,
              zeroedBytes: 0,
              verifiedBytes: image.usedSize,
              writeSeconds: 12.3,
              verifySeconds: 8.1,
              elapsedSeconds: 20.4,
              warnings: [],
              nextSteps: [
                ...(image.imageType === 'dynamic'
                  ? [`This is a dynamic image: run fsck on the ${image.fsType} file system before you mount it.`]
                  : []),
              ],
            },
          },
        });
      }),
    },
    preferences: preferencesAnswers(),
    activity: activityAnswers({ tasks, empty: options.empty }),
    health: healthAnswers(options.empty),
    schedules: scheduleAnswers({ empty: options.empty, systemd: options.systemd ?? true }),
    support: supportAnswers(),
    policy: policy.answers,
    retention: retentionAnswers({ images, policy: policy.set, tasks, seconds: options.seconds }),
    tasks: {
      ...blocks.ofTask,
      list: os.tasks.list.handler(() => ({ tasks: tasks.list() })),
      cancel: os.tasks.cancel.handler(({ input }) => {
        tasks.cancel(input.taskId);
        return {};
      }),
      watch: os.tasks.watch.handler(({ signal }) => tasks.watch(signal)),
    },
  });
}
