/** `expire [-preview]`, and `expire VOLUME…`, which deactivates. */
import type { ExpirationRequest } from '#contract';
import { EngineError, toWireError } from '#engine/base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { confirmDeletion } from '../confirm.ts';
import { highest, type ReturnCode, returnCodeOf } from '../exit-codes.ts';
import { followTask } from '../follow-task.ts';
import { imagesNamed } from '../named-images.ts';
import { deletionTable, expiredLines, previewLines } from '../text/retention-text.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  await context.repository.open();
  const named = context.operands.length > 0;
  if (context.options.values.preview) return previewOf(context);
  return named ? deactivate(context) : expire(context);
}

async function requestOf(context: CommandContext): Promise<ExpirationRequest> {
  const { maxunused, maxrepack, reclaim } = context.options.values;
  const volumes = await volumesOf(context);
  return {
    ...(volumes.length > 0 ? { volumes } : {}),
    reclaim,
    prune: { maxUnusedPercent: maxunused, ...(maxrepack > 0 ? { maxRepackBytes: maxrepack } : {}) },
  };
}

/** Names of the volumes that were typed. Throws `COMMAND_INVALID` for the id of an image. */
async function volumesOf(context: CommandContext): Promise<string[]> {
  if (context.operands.length === 0) return [];
  const found = await imagesNamed(context, context.operands);
  return [
    ...new Set(
      found.map((one) => {
        if (one.kind === 'volume') return one.volume;
        throw new EngineError('COMMAND_INVALID', {
          reason: `${one.image.id.slice(0, 8)} is an image, and “expire” takes volumes.`,
          remedy: `Use “stillframe delete backup ${one.image.id.slice(0, 8)}” for a single image.`,
        });
      }),
    ),
  ];
}

async function previewOf(context: CommandContext): Promise<ReturnCode> {
  const { options, output, engine, cancellation, name } = context;
  const preview = await cancellation.race(engine.retention.preview(await requestOf(context)));
  output.json({ type: 'result', command: name, returnCode: output.worst, preview: true, ...preview });
  output.result(...previewLines(preview, { detail: options.values.detail }));
  if (context.operands.length > 0) {
    output.info('This is what an expiration would do now; “expire VOLUME” itself only deactivates these images.');
  }
  return output.worst;
}

async function expire(context: CommandContext): Promise<ReturnCode> {
  const { output, engine, cancellation, name, repository } = context;
  output.info(`Expiring images in the repository ${repository.location}.`);
  const { taskId } = await cancellation.race(engine.retention.expire(await requestOf(context)));
  const { kind: _, ...result } = await followTask(context, taskId, 'expire');
  output.warnings(result);
  const returnCode = highest(returnCodeOf({ kind: 'done' }), output.worst);
  output.result(...expiredLines(result));
  output.json({ type: 'result', command: name, returnCode, preview: false, ...result });
  return returnCode;
}

/** Each volume by itself: what is wrong with one does not keep the others from it. */
async function deactivate(context: CommandContext): Promise<ReturnCode> {
  const { output, engine, name } = context;
  const volumes = await volumesOf(context);
  const { nodeName } = engine.describe();
  const active = (await engine.listImages()).filter(
    (image) => image.active && image.hostname === nodeName && volumes.includes(image.volume),
  );
  const question = `Deactivate ${volumes.length === 1 ? 'this volume' : `these ${volumes.length} volumes`}?`;
  await confirmDeletion(
    context,
    ['Their images count as those of a deleted volume from now on:', ...deletionTable(active)],
    question,
  );
  const results = [];
  for (const volume of volumes) {
    try {
      await engine.retention.deactivate({ volume });
      output.result(`The images of ${volume} are inactive now. The next expiration decides about them.`);
      results.push({ volume, returnCode: 0 as ReturnCode });
    } catch (error) {
      output.error(toWireError(error));
      const wire = toWireError(error);
      results.push({ volume, returnCode: returnCodeOf({ kind: 'error', code: wire.code }), error: wire });
    }
  }
  const returnCode = highest(...results.map((result) => result.returnCode), output.worst);
  output.json({ type: 'result', command: name, returnCode, deactivated: results });
  return returnCode;
}
