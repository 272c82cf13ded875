import { expect, it } from 'vitest';
import { MESSAGE_IDS, messageIdOfError, messageIdOfWarning } from '#contract';
import { MESSAGES } from '#messages';
import { MESSAGE_WORDS } from './de/index.ts';
import { loadMessage } from './load-message.ts';

it('are all there in German, and no others', () => {
  expect(Object.keys(MESSAGE_WORDS).toSorted()).toEqual(MESSAGE_IDS);
});

it('have whole German sentences', () => {
  for (const [id, { explanation, userAction }] of Object.entries(MESSAGE_WORDS)) {
    for (const text of [explanation, userAction])
      expect([id, text]).toEqual([id, expect.stringMatching(/^\P{Ll}.*\.$/u)]);
  }
});

it('name the same commands and options as in English', () => {
  // Words in capitals stand for something, and are translated.
  const named = (text: string) =>
    [...text.matchAll(/(?<!\w)-[a-z]{4,}|STILLFRAME_\w+|(?<=[“„])(?:stillframe|restic) [a-z]+/g)]
      .map(String)
      .toSorted();
  for (const { id, explanation, userAction } of MESSAGES) {
    const words = MESSAGE_WORDS[id];
    expect([id, named(`${words?.explanation} ${words?.userAction}`)]).toEqual([
      id,
      named(`${explanation} ${userAction}`),
    ]);
  }
});

it('come in the language that is asked for', async () => {
  const id = messageIdOfError('VOLUME_BUSY');
  expect((await loadMessage(id, 'en'))?.userAction).toMatch(/^Close the programs/);
  expect((await loadMessage(id, 'de'))?.userAction).toMatch(/^Schließen Sie/);
  expect(await loadMessage(messageIdOfWarning('audit'), 'de')).toBeDefined();
  for (const language of ['en', 'de'] as const) expect(await loadMessage('SFR0000E', language)).toBeUndefined();
});
