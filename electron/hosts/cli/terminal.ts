/** Questions to the person at the terminal. They are asked on standard error, so standard output stays clean. */
import { createInterface } from 'node:readline/promises';
import type { ReadStream } from 'node:tty';
import { EngineError } from '#engine/base/errors.ts';
import type { OutputStream } from './output.ts';

export type InputStream = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>;

/** Asks questions where there is somebody to answer. */
export class Terminal {
  /** What is typed. */
  readonly input: InputStream;
  /** Where questions are asked. */
  readonly output: OutputStream;

  constructor(input: InputStream, output: OutputStream) {
    this.input = input;
    this.output = output;
  }

  /** Both ends are a terminal: somebody can see a question and answer it. */
  get interactive(): boolean {
    return this.input.isTTY === true && this.output.isTTY === true;
  }

  /** One line, without its end. Throws `CANCELLED` when the signal aborts, on Ctrl+C and at the end of the input. */
  async ask(question: string, signal: AbortSignal): Promise<string> {
    const lines = createInterface({ input: this.input, output: this.output, terminal: true });
    const closed = Promise.withResolvers<never>();
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => closed.reject(new EngineError('CANCELLED')));
    try {
      return await Promise.race([lines.question(question, { signal }), closed.promise]);
    } catch (error) {
      throw new EngineError('CANCELLED', {}, { cause: error });
    } finally {
      lines.close();
      closed.promise.catch(() => undefined);
    }
  }

  /** One line that is not shown while it is typed. Throws as `ask` does. */
  async askSecret(question: string, signal: AbortSignal): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const typed: string[] = [];
    const cancel = () => reject(new EngineError('CANCELLED'));
    const read = (chunk: Buffer | string) => {
      for (const character of chunk.toString('utf8')) {
        if (character === '\r' || character === '\n') resolve(typed.join(''));
        else if (character === '\x03' || (character === '\x04' && typed.length === 0)) cancel();
        else if (character === '\x7f' || character === '\b') typed.pop();
        else if (character === '\x15') typed.length = 0;
        else if (character >= ' ') typed.push(character);
      }
    };
    // Before the question, so that whoever answers at once is not echoed.
    this.input.setRawMode?.(true);
    this.output.write(question);
    this.input.on('data', read);
    this.input.resume();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.input.off('data', read);
      this.input.setRawMode?.(false);
      this.input.pause();
      this.output.write('\n');
    }
  }
}
