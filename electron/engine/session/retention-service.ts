/** Expiration, deletion, pruning, as hosts ask for them. */
import type { DeleteType, ExpirationPreview, ExpirationRequest, PrunePlan, PruneRequest } from '#contract';
import type { TaskRegistry } from '../activity/task-registry.ts';
import type { EngineRetention } from '../engine.ts';
import type { Ports } from '../ports.ts';
import type { Repository } from '../repository/types.ts';
import { type Catalogue, loadCatalogue } from '../retention/catalogue.ts';
import { deactivateVolume, deleteImages, imagesToDelete, pinImage, undeleteImages } from '../retention/change-marks.ts';
import { decideFor, expire } from '../retention/expire.ts';
import { assertNothingLost } from '../retention/policy-state.ts';
import { type PruneDependencies, previewPrune, pruneLocked, startPrune } from './prune-task.ts';
import type { RepositorySession } from './repository-session.ts';
import { expireCommandText } from './retention-command.ts';

export class RetentionService implements EngineRetention {
  readonly #ports: Ports;
  readonly #session: RepositorySession;
  readonly #tasks: TaskRegistry;
  readonly #dependencies: PruneDependencies;

  constructor(dependencies: PruneDependencies) {
    this.#dependencies = dependencies;
    this.#ports = dependencies.ports;
    this.#session = dependencies.session;
    this.#tasks = dependencies.tasks;
  }

  /** Throws what an expiration would throw because of the policy. */
  async preview(request: ExpirationRequest): Promise<ExpirationPreview> {
    const repository = await this.#session.require();
    const catalogue = await this.#catalogue(repository);
    assertNothingLost(catalogue.state);
    const decisions = decideFor(catalogue, request.volumes, this.#ports.clock.now());
    if (request.reclaim === false) return { decisions };
    const without = decisions.filter(({ keep }) => !keep).map(({ imageId }) => imageId);
    return { decisions, reclaim: await previewPrune(this.#session, { ...request.prune, without }) };
  }

  async expire(request: ExpirationRequest): Promise<{ taskId: string }> {
    const repository = await this.#session.require();
    const { clock } = this.#ports;
    const taskId = this.#tasks.start(
      'expire',
      this.#session.location,
      (context) =>
        expire(
          request,
          {
            repository,
            clock,
            prune: (options, signal) => pruneLocked(repository, options, { ...context, signal }, { clock }),
          },
          context,
        ),
      { queue: 'repository', request, command: expireCommandText(request) },
    );
    return { taskId };
  }

  prunePreview(request: PruneRequest): Promise<PrunePlan> {
    return previewPrune(this.#dependencies.session, request);
  }

  prune(request: PruneRequest): Promise<{ taskId: string }> {
    return startPrune(this.#dependencies, request);
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
