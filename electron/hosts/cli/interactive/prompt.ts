/** Lines that a person edits at a terminal. */
import { createInterface } from 'node:readline';
import type { OutputStream } from '../output.ts';
import type { InputStream } from '../terminal.ts';

export type Completer = (line: string) => Promise<[string[], string]>;

/** How a wait for a line ended: with one, with Ctrl-C on an empty line, or with the end of the input. */
export type Typed =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'end' };

/**
 * Asks for one line after the other. Between them the terminal is as it was, so that Ctrl-C is a signal for the command
 * that runs and questions of its own can be asked. Lines that were pasted together are given one by one.
 */
export class Prompt {
  readonly #input: InputStream;
  readonly #output: OutputStream;
  readonly #waiting: string[] = [];
  /** Pasted without the end of its line. */
  #begun = '';

  constructor(input: InputStream, output: OutputStream) {
    this.#input = input;
    this.#output = output;
  }

  /** `history`: oldest first. Ends when `signal` aborts. */
  async next(prompt: string, history: readonly string[], completer: Completer, signal: AbortSignal): Promise<Typed> {
    const pasted = this.#waiting.shift();
    if (pasted !== undefined) {
      this.#output.write(`${prompt}${pasted}\n`);
      return { kind: 'line', text: pasted };
    }
    if (signal.aborted) return { kind: 'end' };
    const { promise, resolve } = Promise.withResolvers<Typed>();
    let isOpen = true;
    const lines = createInterface({
      input: this.#input,
      output: this.#output,
      terminal: true,
      prompt,
      history: history.toReversed(),
      historySize: history.length + 1,
      completer: (line: string, done: (error: Error | null, result?: [string[], string]) => void) => {
        // Whoever went on meanwhile does not want it any more.
        const answer = (result: [string[], string]) => isOpen && done(null, result);
        completer(line).then(answer, () => answer([[], line]));
      },
    });
    const end = () => resolve({ kind: 'end' });
    lines.on('line', (text) => this.#waiting.push(text));
    lines.once('line', () => resolve({ kind: 'line', text: '' }));
    lines.once('close', end);
    // What is stopped and continued by the shell is drawn anew by Node itself.
    lines.on('SIGINT', () => resolve({ kind: 'interrupt' }));
    // A terminal that goes away ends the session as Ctrl-D does.
    this.#input.once('error', end);
    signal.addEventListener('abort', end, { once: true });
    try {
      lines.prompt();
      if (this.#begun !== '') lines.write(this.#begun);
      this.#begun = '';
      const typed = await promise;
      if (typed.kind === 'line') {
        this.#begun = lines.line;
        return { kind: 'line', text: this.#waiting.shift() ?? '' };
      }
      this.#output.write(typed.kind === 'interrupt' ? '^C\n' : '\n');
      return typed;
    } finally {
      signal.removeEventListener('abort', end);
      this.#input.off('error', end);
      isOpen = false;
      lines.close();
    }
  }
}
