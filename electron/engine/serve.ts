/** The contract answered by an engine: one router for every host. */
import { implement, ORPCError } from '@orpc/server';
import { contract, dispositionOf, type ErrorDetails, type WireError } from '#contract';
import { EngineError, toWireError } from './base/errors.ts';
import type { Engine } from './engine.ts';
import type { Logger } from './ports.ts';

/** HTTP-like status of an error, by who has to act on it; transports need one. */
const STATUS = { user: 422, transient: 503, fatal: 500, bug: 500, cancelled: 499 } as const;

/** Issues of a refused input that are sent back; a hostile request must not be answered with a larger one. */
const MAX_ISSUES = 10;

/**
 * The router of `engine`. Whatever fails reaches the client as one shape: the transport's error with our code, our
 * message and the `WireError` as its data (`wireErrorOf` reads it back). Bugs are logged here with their stack, which
 * never leaves this process.
 */
export function createRouter(engine: Engine, logger?: Logger) {
  /** Thrown between two items, an error passes no middleware. */
  async function* streamed<T>(items: AsyncIterable<T>, path: readonly string[]): AsyncGenerator<T, void> {
    try {
      yield* items;
    } catch (error) {
      throw toTransportError(error, path, logger);
    }
  }

  const os = implement(contract).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (error) {
      throw toTransportError(error, path, logger);
    }
  });

  return os.router({
    system: {
      describe: os.system.describe.handler(() => engine.describe()),
      browse: os.system.browse.handler(({ input }) => engine.browse(input.path)),
      sweep: os.system.sweep.handler(() => engine.sweep()),
      pick: os.system.pick.handler(async ({ input }) => ({ path: await engine.pick(input.kind) })),
    },
    repository: {
      status: os.repository.status.handler(() => engine.repository.status()),
      create: os.repository.create.handler(({ input }) => engine.repository.create(input)),
      open: os.repository.open.handler(({ input }) => engine.repository.open(input)),
      check: os.repository.check.handler(({ input }) => engine.repository.check(input)),
      keys: os.repository.keys.handler(async () => ({ keys: await engine.repository.listKeys() })),
      changePassphrase: os.repository.changePassphrase.handler(async ({ input }) => {
        await engine.repository.changePassphrase(input);
        return {};
      }),
      addRecoveryKey: os.repository.addRecoveryKey.handler(() => engine.repository.addRecoveryKey()),
      removeKey: os.repository.removeKey.handler(async ({ input }) => {
        await engine.repository.removeKey(input.id);
        return {};
      }),
    },
    volumes: {
      list: os.volumes.list.handler(async () => ({ volumes: await engine.listVolumes() })),
      addFile: os.volumes.addFile.handler(({ input }) => engine.addFileVolume(input.path)),
      removeFile: os.volumes.removeFile.handler(async ({ input }) => {
        await engine.removeFileVolume(input.path);
        return {};
      }),
      readiness: os.volumes.readiness.handler(({ input }) => engine.snapshotReadiness(input.volume)),
      mountReadOnly: os.volumes.mountReadOnly.handler(({ input }) => engine.mountReadOnly(input.volume)),
      unmount: os.volumes.unmount.handler(async ({ input }) => {
        await engine.unmount(input.volume);
        return {};
      }),
    },
    backup: {
      plan: os.backup.plan.handler(({ input }) => engine.planBackup(input)),
      start: os.backup.start.handler(({ input }) => engine.startBackup(input)),
    },
    images: {
      list: os.images.list.handler(async () => ({ images: await engine.listImages() })),
      details: os.images.details.handler(({ input }) => engine.imageDetails(input.id)),
      blocks: os.images.blocks.handler(({ input }) => engine.imageBlocks(input.id)),
      compare: os.images.compare.handler(({ input }) => engine.compareImages(input)),
    },
    restore: {
      plan: os.restore.plan.handler(({ input }) => engine.planRestore(input)),
      start: os.restore.start.handler(({ input }) => engine.startRestore(input)),
    },
    tasks: {
      list: os.tasks.list.handler(() => ({ tasks: engine.tasks.list() })),
      cancel: os.tasks.cancel.handler(({ input }) => {
        engine.tasks.cancel(input.taskId);
        return {};
      }),
      watch: os.tasks.watch.handler(({ signal, path }) => streamed(engine.tasks.watch(signal), path)),
      blocks: os.tasks.blocks.handler(({ input, signal, path }) =>
        streamed(engine.tasks.blocks(input.taskId, signal), path),
      ),
    },
    preferences: {
      describe: os.preferences.describe.handler(() => engine.preferences.describe()),
      check: os.preferences.check.handler(async ({ input }) => ({ problems: await engine.preferences.check(input) })),
      save: os.preferences.save.handler(({ input }) => engine.preferences.save(input)),
      test: os.preferences.test.handler(({ input }) => engine.preferences.test(input)),
      readForeign: os.preferences.readForeign.handler(({ input }) => engine.preferences.readForeign(input.path)),
    },
    activity: {
      list: os.activity.list.handler(({ input }) => engine.activity.list(input)),
      details: os.activity.details.handler(({ input }) => engine.activity.details(input.id)),
      repeat: os.activity.repeat.handler(({ input }) => engine.activity.repeat(input.id)),
      weeks: os.activity.weeks.handler(async ({ input }) => ({ weeks: await engine.activity.weeks(input.count) })),
      errorLog: os.activity.errorLog.handler(({ input }) => engine.activity.errorLog(input.limit)),
      export: os.activity.export.handler(({ input }) => engine.activity.export(input)),
    },
    policy: {
      describe: os.policy.describe.handler(() => engine.policy.describe()),
      save: os.policy.save.handler(({ input }) => engine.policy.save(input)),
      history: os.policy.history.handler(async () => ({ versions: await engine.policy.history() })),
    },
    retention: {
      preview: os.retention.preview.handler(({ input }) => engine.retention.preview(input)),
      expire: os.retention.expire.handler(({ input }) => engine.retention.expire(input)),
      prunePreview: os.retention.prunePreview.handler(({ input }) => engine.retention.prunePreview(input)),
      prune: os.retention.prune.handler(({ input }) => engine.retention.prune(input)),
      pin: os.retention.pin.handler(async ({ input }) => {
        await engine.retention.pin(input);
        return {};
      }),
      deactivate: os.retention.deactivate.handler(async ({ input }) => {
        await engine.retention.deactivate(input);
        return {};
      }),
      deleteImages: os.retention.deleteImages.handler(async ({ input }) => {
        await engine.retention.deleteImages(input.imageIds);
        return {};
      }),
      imagesToDelete: os.retention.imagesToDelete.handler(async ({ input }) => ({
        imageIds: await engine.retention.imagesToDelete(input),
      })),
      undeleteImages: os.retention.undeleteImages.handler(async ({ input }) => {
        await engine.retention.undeleteImages(input.imageIds);
        return {};
      }),
    },
    schedules: {
      list: os.schedules.list.handler(() => engine.schedules.list()),
      save: os.schedules.save.handler(({ input }) => engine.schedules.save(input)),
      remove: os.schedules.remove.handler(async ({ input }) => {
        await engine.schedules.remove(input.name);
        return {};
      }),
      preview: os.schedules.preview.handler(({ input }) => engine.schedules.preview(input)),
    },
    health: { show: os.health.show.handler(() => engine.health()) },
    support: {
      providers: os.support.providers.handler(async () => ({ providers: await engine.support.providers() })),
      run: os.support.run.handler(({ input }) => engine.support.run(input)),
    },
  });
}

/** The transport's error for anything that was thrown. */
function toTransportError(error: unknown, path: readonly string[], logger: Logger | undefined): Error {
  const refused = refusedInput(error, path);
  const wire: WireError = toWireError(refused ?? error);
  if (wire.code === 'INTERNAL') {
    logger?.error('a request failed with a bug', { request: path.join('.'), error: describeBug(error) });
  }
  return new ORPCError(wire.code, { status: STATUS[dispositionOf(wire.code)], message: wire.message, data: wire });
}

/** `COMMAND_INVALID` with the names of the wrong fields, where the input did not fit the contract. */
function refusedInput(error: unknown, path: readonly string[]): EngineError | undefined {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return undefined;
  const reasons = issuesOf(error.data).slice(0, MAX_ISSUES).map(issueText);
  const details: ErrorDetails = { option: path.join('.'), reason: reasons.join('; ') || error.message };
  return new EngineError('COMMAND_INVALID', details, { cause: error });
}

function issuesOf(data: unknown): unknown[] {
  const issues: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'issues') : undefined;
  return Array.isArray(issues) ? issues : [];
}

function issueText(issue: unknown): string {
  if (typeof issue !== 'object' || issue === null) return 'invalid input';
  const at: unknown = Reflect.get(issue, 'path');
  const message = String(Reflect.get(issue, 'message'));
  return Array.isArray(at) && at.length > 0 ? `${at.map(String).join('.')}: ${message}` : message;
}

/** For the log: where it happened, and for an answer that does not fit the contract, which fields. */
function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const issues = issuesOf(error.cause).map(issueText);
  return [error.stack ?? error.message, ...issues].join('\n');
}

/** What a host's transport answers with. */
export type EngineRouter = ReturnType<typeof createRouter>;
