/** Expiration: removes what policy does not keep, then gives its space back. */
import { z } from 'zod';
import type { ExpirationRequest, ExpireResult, PruneRequest, PruneResult, RetentionDecision } from '#contract';
import { abortError, EngineError, isCancelled, throwIfCancelled, toEngineError } from '../base/errors.ts';
import type { RunContext } from '../image/run-context.ts';
import type { Clock } from '../ports.ts';
import type { Repository, RepositoryLock } from '../repository/types.ts';
import { type Catalogue, loadCatalogue } from './catalogue.ts';
import { decide } from './decide.ts';
import { assertNothingLost } from './policy-state.ts';

const holderSchema = z.object({ username: z.string(), hostname: z.string(), pid: z.number() });

/** What a run of this part uses of a task. */
export type RetentionContext = Pick<RunContext, 'signal' | 'phase' | 'warn'>;

export interface RetentionDependencies {
  repository: Repository;
  clock: Clock;
  /** Prunes under the lock that is held; tells phases, progress and warnings by itself. */
  prune(request: PruneRequest, signal: AbortSignal): Promise<PruneResult>;
}

/** Removed in one go; between two of these a cancel is heeded and the lock is looked at. */
const BATCH = 100;

/** Decisions about the images of some volumes, or of all. */
export function decideFor(
  { images, state }: Catalogue,
  volumes: readonly string[] | undefined,
  nowMs: number,
): RetentionDecision[] {
  return decide(images, state.policy.set, nowMs).filter(({ volume }) => volumes?.includes(volume) ?? true);
}

/**
 * Decides under an exclusive lock, so that nothing it decides about can change meanwhile. Throws `REPOSITORY_LOCKED`
 * where somebody uses the repository, `POLICY_INVALID` and `REPOSITORY_DAMAGED` where the policy cannot be read for
 * certain: then nothing is removed. What fails later carries `leftBehind`.
 */
export async function expire(
  request: ExpirationRequest,
  { repository, clock, prune }: RetentionDependencies,
  context: RetentionContext,
): Promise<ExpireResult> {
  const started = clock.monotonic();
  const warnings: string[] = [];
  const warn = (text: string): void => {
    warnings.push(text);
    context.warn(text);
  };
  context.phase('lock');
  await using lock = await lockAlone(repository, context.signal);
  const signal = AbortSignal.any([context.signal, lock.lost]);
  context.phase('expire');
  const catalogue = await loadCatalogue(repository, (id) =>
    warn(`The image ${id.slice(0, 8)} cannot be read, so it is kept: run “check”.`),
  );
  assertNothingLost(catalogue.state);
  const decisions = decideFor(catalogue, request.volumes, clock.now());
  const wanted = decisions.filter(({ keep }) => !keep);
  const removed: RetentionDecision[] = [];
  let begun = 0;
  try {
    for (let at = 0; at < wanted.length; at += BATCH) {
      throwIfCancelled(signal);
      await lock.assertHeld();
      const batch = wanted.slice(at, at + BATCH);
      begun += batch.length;
      await repository.removeSnapshots(
        batch.map(({ imageId }) => imageId),
        signal,
      );
      removed.push(...batch);
    }
    const reclaims = request.reclaim !== false && removed.length > 0;
    const reclaimed = reclaims ? await prune(request.prune ?? {}, signal) : undefined;
    warnings.push(...(reclaimed?.warnings ?? []));
    return {
      kind: 'expire',
      removed,
      kept: decisions.length - removed.length,
      ...(reclaimed ? { reclaimed } : {}),
      elapsedSeconds: (clock.monotonic() - started) / 1000,
      warnings,
    };
  } catch (error) {
    throw withRemoved(signal.aborted && isCancelled(error) ? abortError(signal) : error, removed.length, begun);
  }
}

/** `REPOSITORY_LOCKED` says who keeps the images from being removed. */
async function lockAlone(repository: Repository, signal: AbortSignal): Promise<RepositoryLock> {
  try {
    return await repository.lock(true, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'REPOSITORY_LOCKED') throw error;
    const { holder } = error.details;
    const { username, hostname, pid } = holderSchema.catch({ username: '?', hostname: '?', pid: 0 }).parse(holder);
    const user = `${username}@${hostname}`;
    const reason = `Images can only be removed while nobody else uses the repository, but ${user} does (process ${pid}).`;
    throw new EngineError(error.code, { ...error.details, reason }, { cause: error });
  }
}

/** Who reads the error must know that images are gone. */
function withRemoved(error: unknown, count: number, begun: number): unknown {
  if (begun === 0) return error;
  const { code, details } = toEngineError(error);
  const leftBehind =
    begun === count
      ? [`${count} expired images were removed; the next prune gives their space back.`]
      : [`Of ${begun} expired images at least ${count} were removed; the next expiration goes on.`];
  return new EngineError(code, { ...details, leftBehind }, { cause: error });
}
