/** What a message means and what to do, fetched when somebody asks: the catalogue is large. */
import type { Message, MessageId } from '#contract';

/** Undefined for an id that this version does not know. */
export async function messageNamed(id: MessageId): Promise<Message | undefined> {
  const { findMessage } = await import('#messages');
  return findMessage(id);
}
