import type { Texts } from '../texts.ts';

export const words = {} satisfies Texts<'words'>;
