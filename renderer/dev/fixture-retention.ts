/** The contract's retention requests answered from canned data; marks change the canned images. */
import { setTimeout } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { contract, type ExpirationRequest, type ImageSummary, type PolicySet, type PrunePlan } from '#contract';
import { fail } from './fixture-backup.ts';
import { decide } from './fixture-decisions.ts';
import type { FixtureTasks } from './fixture-tasks.ts';

const os = implement(contract);
const GIB = 1024 ** 3;
const REPOSITORY = '/mnt/backup/stillframe';
/** Stored packs that an image that goes leaves unused. */
const FREED_BY_ONE = 6.4 * GIB;

interface RetentionWorld {
  images: ImageSummary[];
  policy: () => PolicySet;
  tasks: FixtureTasks;
  seconds: number;
}

function planFor(images: number): PrunePlan {
  const removeBytes = Math.round(1.9 * GIB + images * FREED_BY_ONE * 0.8);
  const repackFreesBytes = Math.round(0.6 * GIB + images * FREED_BY_ONE * 0.2);
  return {
    packs: 6120,
    totalBytes: 96 * GIB,
    usedBytes: 96 * GIB - removeBytes - repackFreesBytes - Math.round(1.2 * GIB),
    removePacks: 118 + images * 326,
    removeBytes,
    repackPacks: 74,
    repackBytes: Math.round(0.9 * GIB),
    repackFreesBytes,
    remainingUnusedBytes: Math.round(1.2 * GIB),
    freedBytes: removeBytes + repackFreesBytes,
  };
}

export function retentionAnswers({ images, policy, tasks, seconds }: RetentionWorld) {
  const decisions = ({ volumes }: ExpirationRequest) =>
    decide(images, policy()).filter(({ volume }) => volumes === undefined || volumes.includes(volume));
  const change = (ids: readonly string[], next: (image: ImageSummary) => ImageSummary) => {
    for (const [index, image] of images.entries()) if (ids.includes(image.id)) images[index] = next(image);
  };
  const pruned = (plan: PrunePlan) => ({
    kind: 'prune' as const,
    removedPacks: plan.removePacks,
    repackedPacks: plan.repackPacks,
    repackedBytes: plan.repackBytes,
    freedBytes: plan.freedBytes,
    remainingUnusedBytes: plan.remainingUnusedBytes,
    totalBytes: plan.totalBytes - plan.freedBytes,
    elapsedSeconds: 41.2,
    warnings: [],
  });
  return {
    preview: os.retention.preview.handler(async ({ input }) => {
      await setTimeout(250);
      const all = decisions(input);
      const gone = all.filter(({ keep }) => !keep).length;
      return { decisions: all, ...(input.reclaim === false ? {} : { reclaim: planFor(gone) }) };
    }),
    expire: os.retention.expire.handler(({ input }) => {
      const all = decisions(input);
      const removed = all.filter(({ keep }) => !keep);
      const reclaimed = pruned(planFor(removed.length));
      return tasks.start({
        kind: 'expire',
        subject: REPOSITORY,
        phases: ['lock', 'plan', 'expire', 'repack', 'index', 'delete'],
        totalBytes: planFor(removed.length).repackBytes,
        seconds,
        outcome: {
          result: {
            kind: 'expire',
            removed,
            kept: all.length - removed.length,
            ...(input.reclaim === false || removed.length === 0 ? {} : { reclaimed }),
            elapsedSeconds: 48.7,
            warnings: [],
          },
        },
        done: () => {
          const ids = new Set(removed.map(({ imageId }) => imageId));
          images.splice(0, images.length, ...images.filter(({ id }) => !ids.has(id)));
        },
      });
    }),
    prunePreview: os.retention.prunePreview.handler(async ({ input }) => {
      await setTimeout(250);
      const plan = planFor(0);
      return input.maxUnusedPercent === 0
        ? {
            ...plan,
            repackBytes: 9 * GIB,
            remainingUnusedBytes: 0,
            freedBytes: plan.freedBytes + Math.round(1.2 * GIB),
          }
        : plan;
    }),
    prune: os.retention.prune.handler(() =>
      tasks.start({
        kind: 'prune',
        subject: REPOSITORY,
        phases: ['lock', 'plan', 'repack', 'repack', 'index', 'delete'],
        totalBytes: planFor(0).repackBytes,
        seconds,
        outcome: { result: pruned(planFor(0)) },
      }),
    ),
    pin: os.retention.pin.handler(({ input }) => {
      change([input.imageId], ({ pinned: _before, ...image }) =>
        input.pinned ? { ...image, pinned: { at: new Date().toISOString(), reason: input.reason } } : image,
      );
      return {};
    }),
    deactivate: os.retention.deactivate.handler(({ input }) => {
      const ids = images.filter(({ volume }) => volume === input.volume).map(({ id }) => id);
      if (ids.length === 0) fail('IMAGE_NOT_FOUND', { volume: input.volume });
      change(ids, (image) => ({ ...image, active: false }));
      return {};
    }),
    deleteImages: os.retention.deleteImages.handler(({ input }) => {
      const found = images.filter(({ id }) => input.imageIds.includes(id));
      const pinned = found.find((image) => image.pinned);
      if (pinned) fail('IMAGE_PINNED', { volume: pinned.volume, reason: 'The image is pinned.' });
      change(input.imageIds, (image) => ({ ...image, active: false, deletedAt: new Date().toISOString() }));
      return {};
    }),
    imagesToDelete: os.retention.imagesToDelete.handler(({ input }) => ({
      imageIds: images
        .filter(
          ({ volume, active }) =>
            volume === input.volume && (input.type === 'all' || (input.type === 'active') === active),
        )
        .map(({ id }) => id),
    })),
    undeleteImages: os.retention.undeleteImages.handler(({ input }) => {
      change(input.imageIds, ({ deletedAt: _before, ...image }) => image);
      return {};
    }),
  };
}
