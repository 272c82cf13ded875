/** Expiration, deletion, pruning, as hosts ask for them. */
import type { DeleteType, ExpirationPreview, ExpirationRequest, PrunePlan, PruneRequest } from '#contract';
import type { TaskRegistry } from '../activity/task-registry.ts';
import type { EngineRetention } from '../engine.ts';
import type { Ports } from '../ports.ts';
import type { Repository } from '../repository/types.ts';
import { type Catalogue, loadCatalogue } from '../retention/catalogue.ts';
import { deactivateVolume, deleteImages, imagesToDelete, pinImage, undeleteImages } from '../retention/change-marks.ts';
import { decideFor, expire, prune } from '../retention/expire.ts';
import { assertNothingLost } from '../retention/policy-state.ts';
import type { RepositorySession } from './repository-session.ts';
import { expireCommandText, pruneCommandText } from './retention-command.ts';

export class RetentionService implements EngineRetention {
  readonly #ports: Ports;
  readonly #session: RepositorySession;
  readonly #tasks: TaskRegistry;

  constructor(ports: Ports, session: RepositorySession, tasks: TaskRegistry) {
    this.#ports = ports;
    this.#session = session;
    this.#tasks = tasks;
  }

  /** Throws what an expiration would throw because of the policy. */
  async preview(request: ExpirationRequest): Promise<ExpirationPreview> {
    const repository = await this.#session.require();
    const catalogue = await this.#catalogue(repository);
    assertNothingLost(catalogue.state);
    const decisions = decideFor(catalogue, request.volumes, this.#ports.clock.now());
    if (request.reclaim === false) return { decisions };
    const without = decisions.filter(({ keep }) => !keep).map(({ imageId }) => imageId);
    return { decisions, reclaim: await plan(repository, request.prune ?? {}, without) };
  }

  async expire(request: ExpirationRequest): Promise<{ taskId: string }> {
    const repository = await this.#session.require();
    const { clock } = this.#ports;
    const taskId = this.#tasks.start(
      'expire',
      this.#session.location,
      (context) => expire(request, { repository, clock }, context),
      { queue: 'repository', request, command: expireCommandText(request) },
    );
    return { taskId };
  }

  async prunePreview(request: PruneRequest): Promise<PrunePlan> {
    return plan(await this.#session.require(), request, []);
  }

  async prune(request: PruneRequest): Promise<{ taskId: string }> {
    const repository = await this.#session.require();
    const { clock } = this.#ports;
    const taskId = this.#tasks.start(
      'prune',
      this.#session.location,
      (context) => prune(request, { repository, clock }, context),
      { queue: 'repository', request, command: pruneCommandText(request) },
    );
    return { taskId };
  }

  async pin(request: { imageId: string; pinned: boolean; reason: string }): Promise<void> {
    await pinImage(await this.#session.require(), this.#ports, request);
  }

  async deactivate({ volume, hostname }: { volume: string; hostname?: string | undefined }): Promise<void> {
    const owner = { volume, hostname: hostname ?? this.#ports.nodeName };
    await deactivateVolume(await this.#session.require(), this.#ports, owner);
  }

  async deleteImages(imageIds: string[]): Promise<void> {
    await deleteImages(await this.#session.require(), this.#ports, imageIds);
  }

  async imagesToDelete({ volume, type }: { volume: string; type: DeleteType }): Promise<string[]> {
    const { images } = await this.#catalogue(await this.#session.require());
    return imagesToDelete(images, { volume, hostname: this.#ports.nodeName }, type);
  }

  async undeleteImages(imageIds: string[]): Promise<void> {
    await undeleteImages(await this.#session.require(), this.#ports, imageIds);
  }

  #catalogue(repository: Repository): Promise<Catalogue> {
    return loadCatalogue(repository, (id, error) =>
      this.#ports.logger.warn('an image cannot be read, so it is kept', { id, reason: error.message }),
    );
  }
}

/** Under a shared lock: a prune of somebody else must not take away what is looked at. */
async function plan(repository: Repository, request: PruneRequest, without: readonly string[]): Promise<PrunePlan> {
  await using lock = await repository.lock(false);
  return await repository.planPrune({ ...request, without, signal: lock.lost });
}
