/** Messages in the language of the window. The catalogue is fetched when somebody first asks what a message means. */
import type { MessageId } from '#contract';
import { currentLanguage, type Language } from '../language.ts';
import type { MessageWords } from './message-words.ts';

/** What a message means and what to do; `undefined` for an id of another version. */
export async function loadMessage(
  id: MessageId,
  language: Language = currentLanguage(),
): Promise<MessageWords | undefined> {
  if (language === 'de') {
    const { MESSAGE_WORDS } = await import('./de/index.ts');
    return Object.hasOwn(MESSAGE_WORDS, id) ? MESSAGE_WORDS[id] : undefined;
  }
  const { MESSAGES } = await import('#messages');
  const message = MESSAGES.find((each) => each.id === id);
  return message && { explanation: message.explanation, userAction: message.userAction };
}
