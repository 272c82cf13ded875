import type { Texts } from '../texts.ts';

export const details = {} satisfies Texts<'details'>;
