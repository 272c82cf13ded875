/**
 * The catalogue of messages: what each means and what to do. An entry of its own (`#messages`), so that nobody has to
 * load it who only needs an id.
 */
import type { Message } from '../messages.ts';
import { IMAGE_MESSAGES } from './images.ts';
import { messagesOf } from './message.ts';
import { OUTCOME_MESSAGES } from './outcomes.ts';
import { REPOSITORY_MESSAGES } from './repository.ts';
import { REQUEST_MESSAGES } from './requests.ts';
import { TARGET_MESSAGES } from './targets.ts';
import { VOLUME_MESSAGES } from './volumes.ts';
import { WARNING_MESSAGES } from './warnings.ts';

/** The areas with the words over each, in the order of docs/messages.md. */
export const MESSAGE_AREAS = [
  { title: 'Outcomes', messages: messagesOf(OUTCOME_MESSAGES) },
  { title: 'Repository and keys', messages: messagesOf(REPOSITORY_MESSAGES) },
  { title: 'Volumes, file systems and snapshots', messages: messagesOf(VOLUME_MESSAGES) },
  { title: 'Images, policy and schedules', messages: messagesOf(IMAGE_MESSAGES) },
  { title: 'Targets of a restore', messages: messagesOf(TARGET_MESSAGES) },
  { title: 'Commands, options and the program', messages: messagesOf(REQUEST_MESSAGES) },
  { title: 'Warnings', messages: messagesOf(WARNING_MESSAGES) },
] as const satisfies readonly { title: string; messages: readonly Message[] }[];

/** Every message, by area. */
export const MESSAGES: readonly Message[] = MESSAGE_AREAS.flatMap(({ messages }) => messages);

/**
 * The message that somebody means by what they typed: `SFR1228E`, `sfr1228`, `1228`, `ANS1228E`. The letter may be
 * left out, or be that of the original; the number decides.
 */
export function findMessage(typed: string): Message | undefined {
  const [, number] = /^(?:sfr|an[se])?(\d{4})[iwesk]?$/i.exec(typed.trim()) ?? [];
  return number === undefined ? undefined : MESSAGES.find(({ id }) => id.slice(3, 7) === number);
}
