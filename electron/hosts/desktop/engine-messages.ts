/** What main and the engine's process say to each other; everything else goes over the page's own port. */
import { z } from 'zod';

/** Main → engine. `connect` carries a port. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('picked'), request: z.number().int(), path: z.string().optional() }),
  z.object({ type: z.literal('stop') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** Engine → main. */
export const toMainSchema = z.discriminatedUnion('type', [
  /** How many tasks have not ended. */
  z.object({ type: z.literal('unfinished'), count: z.number().int().min(0) }),
  z.object({ type: z.literal('pick'), request: z.number().int(), kind: z.enum(['folder', 'file']) }),
]);
export type ToMain = z.infer<typeof toMainSchema>;
