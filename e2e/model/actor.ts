/** One operation in a process of its own, so that it can be killed. Prints what came of it as one JSON line. */
import type { TaskSnapshot } from '#contract';
import { toWireError } from '#engine/base/errors.ts';
import type { Engine } from '#engine/engine.ts';
import type { Job, Operation } from './job.ts';
import { modelEngine } from './model-engine.ts';

const job = JSON.parse(process.argv[2] ?? '') as Job;

async function perform(engine: Engine, operation: Operation): Promise<TaskSnapshot | undefined> {
  const { retention } = engine;
  switch (operation.do) {
    case 'backup':
      return finished(engine, await engine.startBackup({ volume: operation.volume }));
    case 'policy':
      await engine.policy.save({ revision: (await engine.policy.describe()).revision, set: operation.set });
      return undefined;
    case 'pin':
      await retention.pin({ imageId: operation.imageId, pinned: operation.pinned, reason: 'model' });
      return undefined;
    case 'delete':
      await retention.deleteImages(operation.imageIds);
      return undefined;
    case 'undelete':
      await retention.undeleteImages(operation.imageIds);
      return undefined;
    case 'deactivate':
      await retention.deactivate({ volume: operation.volume });
      return undefined;
    case 'expire':
      return finished(engine, await retention.expire({ reclaim: operation.reclaim, prune: { maxUnusedPercent: 0 } }));
    case 'prune':
      return finished(engine, await retention.prune({ maxUnusedPercent: 0 }));
  }
}

function finished(engine: Engine, { taskId }: { taskId: string }): Promise<TaskSnapshot> {
  return engine.tasks.finished(taskId);
}

try {
  await using engine = await modelEngine(job.place, () => job.aheadMs);
  // The parent's chance to kill it at a moment that is counted from here.
  process.stdout.write(`${JSON.stringify({ started: true })}\n`);
  const task = await perform(engine, job.operation);
  process.stdout.write(`${JSON.stringify({ task, error: task?.error })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: toWireError(error) })}\n`);
}
