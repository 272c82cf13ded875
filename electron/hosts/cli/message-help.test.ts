import { expect, test } from 'vitest';
import { MESSAGE_IDS } from '#contract';
import { looksLikeMessageId, messageHelp } from './message-help.ts';

test.each(MESSAGE_IDS)('%s is explained, whatever part of the id is typed', (id) => {
  const lines = messageHelp(id, 72) ?? [];
  expect(lines[0]).toMatch(new RegExp(`^${id} `));
  expect(lines.filter((line) => line.endsWith(':') && !line.startsWith(' '))).toEqual([
    'Explanation:',
    'System action:',
    'User action:',
  ]);
  for (const line of lines) expect(line.length <= 72 || !line.trim().includes(' ')).toBe(true);
  for (const typed of [id.toLowerCase(), id.slice(0, -1), id.slice(3), id.slice(3, 7), `ANS${id.slice(3)}`]) {
    expect(looksLikeMessageId(typed)).toBe(true);
    expect(messageHelp(typed)?.[0]).toContain(id);
  }
});

test('what is no id is none', () => {
  for (const word of ['backup', 'query', 'web', '12', 'SFR']) expect(looksLikeMessageId(word)).toBe(false);
  expect(looksLikeMessageId('SFR0000E')).toBe(true);
  expect(messageHelp('SFR0000E')).toBeUndefined();
});
