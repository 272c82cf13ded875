import type { Texts } from '../texts.ts';

export const authorization = {} satisfies Texts<'authorization'>;
