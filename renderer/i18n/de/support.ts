import type { Texts } from '../texts.ts';

export const support = {} satisfies Texts<'support'>;
