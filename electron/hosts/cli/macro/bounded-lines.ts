/** Lines of a stream, none of which can fill the memory. */
import { StringDecoder } from 'node:string_decoder';
import { LONGEST_COMMAND } from './command-lines.ts';

/**
 * Lines without their ends, as they come. Of a line that is too long, only so much is given that its reader sees it.
 * Ends early, without an error, when `signal` aborts or the stream breaks.
 */
export async function* boundedLines(input: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const stopped = Promise.withResolvers<undefined>();
  const stop = () => stopped.resolve(undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const chunks = input[Symbol.asyncIterator]();
  let rest = '';
  try {
    for (;;) {
      const next = await Promise.race([chunks.next().catch(() => undefined), stopped.promise]);
      if (next === undefined) return;
      const { done, value } = next;
      const text = done === true ? decoder.end() : textOf(value, decoder);
      const lines = `${rest}${text}`.split(/\r?\n/);
      rest = (lines.pop() ?? '').slice(0, LONGEST_COMMAND + 1);
      yield* lines;
      if (done === true) break;
    }
    if (rest !== '') yield rest;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function textOf(chunk: string | Buffer, decoder: StringDecoder): string {
  return typeof chunk === 'string' ? chunk : decoder.write(chunk);
}
