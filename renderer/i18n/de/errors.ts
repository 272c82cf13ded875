import type { Texts } from '../texts.ts';

export const errors = {} satisfies Texts<'errors'>;
