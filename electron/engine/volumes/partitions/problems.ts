/** What is wrong with a table, in sentences; a hostile table cannot make the list long. */

/** Sentences that are kept; further ones are only counted. */
const MOST_PROBLEMS = 16;

export class Problems {
  readonly #sentences: string[] = [];
  #dropped = 0;

  add(sentence: string): void {
    if (this.#sentences.length < MOST_PROBLEMS) this.#sentences.push(sentence);
    else this.#dropped += 1;
  }

  /** The sentences; a last one says how many were left out. */
  list(): string[] {
    if (this.#dropped === 0) return this.#sentences;
    return [...this.#sentences, `The table has ${this.#dropped} more problems.`];
  }
}
