/** The block map of one task: live while it works, and small once it ended. */
import type { BlockMap, BlockMapEvent } from '#contract';
import { type BlockSource, encodeBlockMap } from '../base/block-map.ts';
import { watchBlocks } from './block-watch.ts';

export class TaskBlocks {
  #source: BlockSource | undefined;
  /** As it was when the work ended: kilobytes, where a source holds megabytes. */
  #last: BlockMap | undefined;

  /** There is something to watch. */
  get exist(): boolean {
    return this.#source !== undefined || this.#last !== undefined;
  }

  offer(source: BlockSource): void {
    this.#source = source;
  }

  /** The map until the work has `ended`, or once as it was then; `undefined` where there is none. */
  watch(ended: Promise<void>, signal?: AbortSignal): AsyncIterable<BlockMapEvent> | undefined {
    if (this.#source) return watchBlocks(this.#source, ended, signal);
    return this.#last && once({ kind: 'whole', map: this.#last });
  }

  /** The work has ended. Those who watch still see the last changes. */
  async settle(): Promise<void> {
    const source = this.#source;
    if (source === undefined) return;
    const states = new Uint8Array(source.blockCount);
    source.read(states);
    const map = await encodeBlockMap(source, states);
    if (this.#source === undefined) return;
    this.#last = map;
    this.#source = undefined;
  }

  forget(): void {
    this.#source = undefined;
    this.#last = undefined;
  }
}

async function* once<T>(item: T): AsyncGenerator<T, void> {
  yield item;
}
