import type { Texts } from '../texts.ts';

export const restore = {} satisfies Texts<'restore'>;
