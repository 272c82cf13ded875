import { expect, test } from 'vitest';
import { CommandOutput } from './output.ts';

function outputOf(...chunks: (string | Buffer)[]) {
  const lines: string[] = [];
  const output = new CommandOutput((line) => lines.push(line));
  for (const chunk of chunks) output.add(Buffer.from(chunk));
  output.finish();
  return { lines, tail: output.tail() };
}

test('lines that come in pieces are told whole, the last one without its end too', () => {
  expect(outputOf('on', 'e\n\ntw', 'o\r\nthree')).toEqual({
    lines: ['one', '', 'two', 'three'],
    tail: 'one\n\ntwo\nthree',
  });
});

test('characters that are cut in two stay whole', () => {
  const euro = Buffer.from('€');
  expect(outputOf(euro.subarray(0, 1), euro.subarray(1), '\n').lines).toEqual(['€']);
  const { tail } = outputOf('€'.repeat(5000));
  expect(tail).toMatch(/^…€+$/);
  expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(4096 + Buffer.byteLength('…'));
});

test('what would move a cursor or ring a bell is left out', () => {
  expect(outputOf('\u001b[31mred\u0007\tand\u009b not\n')).toEqual({
    lines: ['[31mred\tand not'],
    tail: '[31mred\tand not',
  });
});

test('no output', () => {
  expect(outputOf()).toEqual({ lines: [], tail: '' });
});

test('a line without end is told in pieces', () => {
  const { lines } = outputOf('x'.repeat(4500));
  expect(lines.map((line) => line.length)).toEqual([2000, 2000, 500]);
});

test('from a megabyte on nothing is told but how much it was; the tail still is the end', () => {
  const chunk = Buffer.from(`${'y'.repeat(999)}\n`);
  const { lines, tail } = outputOf(...Array.from({ length: 3000 }, () => chunk), 'the end\n');
  expect(lines.length).toBeLessThan(1100);
  expect(lines.at(-1)).toMatch(/^\(about \d+ more bytes are not logged\)$/);
  expect(tail).toMatch(/^…y+\n[\s\S]*\nthe end$/);
});
