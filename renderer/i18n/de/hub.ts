import type { Texts } from '../texts.ts';

export const hub = {} satisfies Texts<'hub'>;
