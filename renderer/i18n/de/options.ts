import type { Texts } from '../texts.ts';

export const options = {} satisfies Texts<'options'>;
