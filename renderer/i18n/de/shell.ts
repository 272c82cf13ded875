import type { Texts } from '../texts.ts';

export const shell = {} satisfies Texts<'shell'>;
