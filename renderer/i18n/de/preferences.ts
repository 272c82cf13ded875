import type { Texts } from '../texts.ts';

export const preferences = {} satisfies Texts<'preferences'>;
