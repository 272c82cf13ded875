/** What the page asks of the desktop around its window. The preload script sends nothing else, main takes nothing else. */
import { z } from 'zod';
import type { MenuLanguage } from '#contract';

const LANGUAGES = ['en', 'de'] as const satisfies readonly MenuLanguage[];

export const windowMessageSchema = z.discriminatedUnion('type', [
  /** How far everything that runs is, 0 to 1; `null`: nothing runs. */
  z.strictObject({ type: z.literal('progress'), fraction: z.number().min(0).max(1).nullable() }),
  /** A notification of the system; plain text. */
  z.strictObject({ type: z.literal('notify'), title: z.string().min(1).max(300), body: z.string().max(1000) }),
  /** The language that the window speaks now. */
  z.strictObject({ type: z.literal('language'), language: z.enum(LANGUAGES) }),
]);
export type WindowMessage = z.infer<typeof windowMessageSchema>;
