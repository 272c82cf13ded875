import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { ErrorLog } from '#engine/ports.ts';
import { Output, type OutputStyle } from './output.ts';

function started(style: Partial<OutputStyle> = {}, isTTY = false) {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 60 });
  const output = new Output(stdout, stderr, { json: false, quiet: false, ...style });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { output, written: () => ({ out: text(stdout), err: text(stderr) }) };
}

function sayEverything(output: Output) {
  output.info('info');
  output.result('result');
  output.json({ a: 1 });
  output.message('message');
}

test.each([
  [{}, { out: 'info\nresult\n', err: 'message\n' }],
  [{ quiet: true }, { out: 'result\n', err: 'message\n' }],
  [{ json: true }, { out: '{"a":1}\n', err: 'message\n' }],
])('style %j', (style, expected) => {
  const { output, written } = started(style);
  sayEverything(output);
  expect(written()).toEqual(expected);
});

test('a warning raises the severity', () => {
  const { output, written } = started();
  expect(output.worst).toBe(0);
  output.warning('the file is odd.');
  expect(output.worst).toBe(8);
  expect(written().err).toBe('SFR9200W the file is odd.\n');
});

test('the highest severity that was printed decides, and goes into the error log unless it is there', () => {
  const logged: string[] = [];
  const log: Pick<ErrorLog, 'write'> = { write: ({ messageId, text }) => void logged.push(`${messageId} ${text}`) };
  const { output, written } = started();
  output.logTo(log as ErrorLog);
  output.report('SFR1148I', 'done.');
  expect(output.worst).toBe(0);
  output.warning("Skipped 'a': excluded.", 'skipped');
  expect(output.worst).toBe(4);
  output.warnings({ warnings: ['one.', 'two.'], warningIds: ['SFR1213W'] });
  expect(output.worst).toBe(8);
  output.error({ code: 'INTERNAL', details: { reason: 'R.' } });
  output.error({ code: 'CANCELLED', details: {} }, true);
  expect(output.worst).toBe(12);
  expect(
    written()
      .err.split('\n')
      .filter((line) => !line.startsWith(' ')),
  ).toEqual([
    'SFR1148I done.',
    "SFR1115W Skipped 'a': excluded.",
    'SFR1213W one.',
    'SFR9200W two.',
    'SFR1028S Something went wrong that should not have. [INTERNAL]',
    'SFR1074E The run was cancelled before it was finished. [CANCELLED]',
    '',
  ]);
  expect(logged).toEqual([
    'SFR1148I done.',
    "SFR1115W Skipped 'a': excluded.",
    'SFR1028S Something went wrong that should not have. R.',
  ]);
});

describe('the status line', () => {
  test('is redrawn around other lines', () => {
    const { output, written } = started({}, true);
    output.status('50 %');
    output.status('50 %');
    output.message('hello');
    output.status('');
    expect(written().err).toBe('\r\x1b[K50 %\r\x1b[Khello\n\r\x1b[K50 %\r\x1b[K');
  });

  test.each([
    [{}, false],
    [{ json: true }, true],
    [{ quiet: true }, true],
  ])('is absent with %j, terminal %s', (style, isTTY) => {
    const { output, written } = started(style, isTTY);
    output.status('50 %');
    expect(written().err).toBe('');
  });
});

test('a reader that went away ends the output and nothing else', async () => {
  let writes = 0;
  const broken = new Writable({
    write(_chunk, _encoding, done) {
      writes++;
      done(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
    },
  });
  const output = new Output(broken, new PassThrough(), { json: false, quiet: false });
  output.result('one');
  await new Promise((resolve) => setImmediate(resolve));
  output.result('two');
  await output.flush();
  expect(writes).toBe(1);
});
