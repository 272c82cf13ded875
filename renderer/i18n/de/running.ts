import type { Texts } from '../texts.ts';

export const running = {} satisfies Texts<'running'>;
