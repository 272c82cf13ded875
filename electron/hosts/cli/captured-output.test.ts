import { expect, test } from 'vitest';
import { CapturedOutput } from './captured-output.ts';

test('lines come in the order in which they were written, whatever the stream', () => {
  const captured = new CapturedOutput();
  const [out, error] = [captured.stream(), captured.stream()];
  out.write('one\ntw');
  out.write('o\n');
  error.write(Buffer.from('warning\n'));
  out.write('\nlast without an end');
  expect(captured.take()).toEqual(['one', 'two', 'warning', '', 'last without an end']);
  expect(captured.take()).toEqual([]);
});

test('what never ends does not fill the memory', () => {
  const captured = new CapturedOutput();
  const stream = captured.stream();
  const line = `${'x'.repeat(1024 ** 2 - 1)}\n`;
  for (let i = 0; i < 40; i++) stream.write(line);
  const lines = captured.take();
  expect(lines).toHaveLength(17);
  expect(lines.at(-1)).toBe(`… ${24 * 1024 ** 2} more characters were left out.`);
  stream.write('next\n');
  expect(captured.take()).toEqual(['next']);
});
