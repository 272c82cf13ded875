import type { Texts } from '../texts.ts';

export const health = {} satisfies Texts<'health'>;
