import type { Texts } from '../texts.ts';

export const backup = {} satisfies Texts<'backup'>;
