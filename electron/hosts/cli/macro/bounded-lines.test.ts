import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedLines } from './bounded-lines.ts';
import { LONGEST_COMMAND } from './command-lines.ts';

async function linesOf(chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  const input = Readable.from(chunks, { objectMode: true });
  for await (const line of boundedLines(input, new AbortController().signal)) lines.push(line);
  return lines;
}

test('lines do not depend on how the text was cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).filter((line) => !/[\r\n]/.test(line))),
      fc.array(fc.nat(20)),
      async (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks: Buffer[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        expect(await linesOf([...chunks, bytes.subarray(at)])).toEqual(lines);
      },
    ),
    { numRuns: 50 },
  );
});

test('the last line needs no end, and Windows’ ends are ends', async () => {
  expect(await linesOf(['a\r\nb'])).toEqual(['a', 'b']);
  expect(await linesOf([])).toEqual([]);
});

test('a line without end does not fill the memory', async () => {
  const chunk = 'x'.repeat(LONGEST_COMMAND);
  const lines = await linesOf([chunk, chunk, chunk, '\nq im\n']);
  expect(lines[1]).toBe('q im');
  expect(lines[0]?.length).toBeLessThan(2 * LONGEST_COMMAND + 2);
});

test('ends when it is told to, also while it waits, and when the input breaks', async () => {
  const stop = new AbortController();
  const waiting = boundedLines(new PassThrough(), stop.signal).next();
  stop.abort();
  expect(await waiting).toMatchObject({ done: true });
  const broken = new PassThrough();
  const next = boundedLines(broken, new AbortController().signal).next();
  broken.destroy(new Error('gone'));
  expect(await next).toMatchObject({ done: true });
});
