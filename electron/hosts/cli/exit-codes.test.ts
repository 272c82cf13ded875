import { expect, test } from 'vitest';
import { ERROR_DISPOSITIONS, type ErrorCode, MESSAGE_IDS, messageIdOfError, severityOf } from '#contract';
import { highest, returnCodeOf, returnCodeOfMessage } from './exit-codes.ts';

test.each(Object.keys(ERROR_DISPOSITIONS) as ErrorCode[])('%s ends with 12', (code) => {
  expect(returnCodeOf({ kind: 'error', code })).toBe(12);
});

test('the other outcomes', () => {
  expect(returnCodeOf({ kind: 'done' })).toBe(0);
  expect(returnCodeOf({ kind: 'skipped' })).toBe(4);
  expect(returnCodeOf({ kind: 'warnings' })).toBe(8);
});

test('the highest decides', () => {
  expect(highest()).toBe(0);
  expect(highest(0, 4, 0)).toBe(4);
  expect(highest(8, 4)).toBe(8);
  expect(highest(8, 12, 4)).toBe(12);
});

test('the letter of a message says the same as the outcome that it is of', () => {
  for (const code of Object.keys(ERROR_DISPOSITIONS) as ErrorCode[]) {
    expect(returnCodeOfMessage(messageIdOfError(code))).toBe(returnCodeOf({ kind: 'error', code }));
  }
  for (const id of MESSAGE_IDS) {
    const expected = { I: 0, W: id === 'SFR1115W' ? 4 : 8, E: 12, S: 12 }[severityOf(id)];
    expect([id, returnCodeOfMessage(id)]).toEqual([id, expected]);
  }
});
