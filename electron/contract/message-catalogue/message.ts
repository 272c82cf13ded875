/** How entries of the catalogue are written. */
import { severityOf } from '../message-ids.ts';
import type { Message, MessageId } from '../messages.ts';

/** What there is to say about one message besides its id. */
export type MessageWords = Omit<Message, 'id' | 'severity'>;

/** Entries of an area, by id. */
export type MessageArea = Readonly<Record<MessageId, MessageWords>>;

/** What most errors of a request have in common. */
export const NOTHING_DONE = 'Nothing was read or changed. Processing of this command stops.';
/** A run that had begun to read. */
export const RUN_STOPPED =
  'The run stops and everything that it held is released. No image is made of the volume; older images are intact, and what was stored so far is used by the next run.';
/** A restore that did not begin. */
export const TARGET_UNTOUCHED = 'Nothing was written to the target. Processing of this command stops.';
/** A warning. */
export const GOES_ON = 'Processing continues. The return code is at least 8.';

/** The area as messages. */
export function messagesOf(area: MessageArea): Message[] {
  return Object.entries(area).map(([id, words]) => ({ id, severity: severityOf(id), ...words }));
}
