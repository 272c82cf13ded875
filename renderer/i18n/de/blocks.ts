import type { Texts } from '../texts.ts';

export const blocks = {} satisfies Texts<'blocks'>;
