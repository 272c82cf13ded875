/** What messages mean and what to do, in German. */
import type { MessageWordsById } from '../message-words.ts';
import { IMAGE_WORDS } from './images.ts';
import { REPOSITORY_WORDS } from './repository.ts';
import { REQUEST_WORDS } from './requests.ts';
import { TARGET_WORDS } from './targets.ts';
import { VOLUME_WORDS } from './volumes.ts';
import { WARNING_WORDS } from './warnings.ts';

export const MESSAGE_WORDS: MessageWordsById = {
  ...REPOSITORY_WORDS,
  ...VOLUME_WORDS,
  ...IMAGE_WORDS,
  ...TARGET_WORDS,
  ...REQUEST_WORDS,
  ...WARNING_WORDS,
};
