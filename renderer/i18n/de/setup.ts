import type { Texts } from '../texts.ts';

export const setup = {} satisfies Texts<'setup'>;
