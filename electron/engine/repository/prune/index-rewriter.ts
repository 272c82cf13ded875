/** Writes index files, a bounded number of blobs each. */
import { type IndexedPack, saveIndex } from '../index-files.ts';
import type { Session } from '../session.ts';

/** restic's bound on the blobs of an index file. */
const BLOBS_PER_FILE = 50_000;
const PACKS_PER_FILE = 10_000;

/** Collects packs and writes a file whenever enough came together. */
export class IndexRewriter {
  readonly #session: Session;
  #waiting: IndexedPack[] = [];
  #blobs = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async add(pack: IndexedPack): Promise<void> {
    this.#waiting.push(pack);
    this.#blobs += pack.content.count;
    if (this.#blobs >= BLOBS_PER_FILE || this.#waiting.length >= PACKS_PER_FILE) await this.flush();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    await saveIndex(this.#session, this.#waiting);
    this.#waiting = [];
    this.#blobs = 0;
  }
}
