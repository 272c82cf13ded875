/** The earlier runs of a volume, as the manifests of its images tell them. */
import type { ImageSummary } from '#contract';
import { EngineError } from '../base/errors.ts';
import { openStoredImage } from '../image/image-list.ts';
import type { Repository } from '../repository/types.ts';
import { type EarlierRun, earlierRunOf } from './plan-figures.ts';

/** Older runs say little about the next one, and a manifest lies in a tree as long as its volume. */
const MOST_RUNS = 3;
/** Images whose runs are remembered: an image never changes. */
const MOST_REMEMBERED = 500;

export class EarlierRuns {
  /** By image id; `undefined`: the image tells nothing. */
  readonly #known = new Map<string, EarlierRun | undefined>();

  /** Of the newest of `images`, which are sorted newest first. An image that cannot be read is left out. */
  async of(repository: Repository, images: readonly ImageSummary[]): Promise<EarlierRun[]> {
    const runs: EarlierRun[] = [];
    for (const { id } of images.filter(({ origin }) => origin === 'stillframe').slice(0, MOST_RUNS)) {
      const run = await this.#run(repository, id);
      if (run) runs.push(run);
    }
    return runs;
  }

  async #run(repository: Repository, id: string): Promise<EarlierRun | undefined> {
    if (this.#known.has(id)) return this.#known.get(id);
    try {
      const { manifest } = await openStoredImage(repository, id);
      return this.#remember(id, manifest && earlierRunOf(manifest));
    } catch (error) {
      // The plan of the next image does not depend on an older one.
      if (error instanceof EngineError && error.code !== 'CANCELLED') return undefined;
      throw error;
    }
  }

  #remember(id: string, run: EarlierRun | undefined): EarlierRun | undefined {
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= MOST_REMEMBERED) this.#known.delete(oldest);
    this.#known.set(id, run);
    return run;
  }
}
