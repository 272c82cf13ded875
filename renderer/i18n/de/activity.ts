import type { Texts } from '../texts.ts';

export const activity = {} satisfies Texts<'activity'>;
