import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Terminal } from './terminal.ts';

function started() {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (mode: boolean) => raw.push(mode) });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const terminal = new Terminal(input as never, output);
  return { input, output, terminal, raw, cancel: new AbortController() };
}

test('a line is read without its end', async () => {
  const { input, terminal, cancel } = started();
  const answer = terminal.ask('Name: ', cancel.signal);
  input.write('/dev/sdb1\r');
  expect(await answer).toBe('/dev/sdb1');
});

test('a secret is read without being shown, with backspace and line erase', async () => {
  const { input, output, terminal, raw, cancel } = started();
  const answer = terminal.askSecret('Passphrase: ', cancel.signal);
  input.write('wrong\x15gehx\x7feim\r');
  expect(await answer).toBe('geheim');
  expect(String(output.read())).toBe('Passphrase: \n');
  expect(raw).toEqual([true, false]);
});

test.each(['\x03', '\x04'])('%j cancels both questions', async (key) => {
  const one = started();
  const secret = one.terminal.askSecret('Passphrase: ', one.cancel.signal);
  one.input.write(key);
  await expect(secret).rejects.toMatchObject({ code: 'CANCELLED' });
  const two = started();
  const line = two.terminal.ask('Name: ', two.cancel.signal);
  two.input.write(key);
  await expect(line).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a signal cancels both questions', async () => {
  const one = started();
  const secret = one.terminal.askSecret('Passphrase: ', one.cancel.signal);
  one.cancel.abort();
  await expect(secret).rejects.toMatchObject({ code: 'CANCELLED' });
  const two = started();
  const line = two.terminal.ask('Name: ', two.cancel.signal);
  two.cancel.abort();
  await expect(line).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('is interactive only with a terminal at both ends', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  expect(new Terminal(terminal as never, terminal).interactive).toBe(true);
  expect(new Terminal(new PassThrough() as never, terminal).interactive).toBe(false);
  expect(new Terminal(terminal as never, new PassThrough()).interactive).toBe(false);
});
