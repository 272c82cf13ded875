/** How much of a volume a run read. */
import { z } from 'zod';
import { bytesSchema } from './quantities.ts';

/** How much of the volume a run read, and why. */
export const readingSchema = z.object({
  /** `changed`: change tracking said what may differ from the image before; `used`, `raw`: as the used map says. */
  scope: z.enum(['used', 'raw', 'changed']),
  /** One English sentence. */
  why: z.string(),
  /** In grid blocks that were taken over from the image before without reading them. */
  unchangedBytes: bytesSchema,
  /** “Unchanged” blocks that were read all the same, to check the change tracking. */
  auditedBlocks: z.number().int().min(0),
  /** Those of them that had changed: the tracking was wrong, and everything was read. */
  auditMismatches: z.number().int().min(0),
});
export type Reading = z.infer<typeof readingSchema>;
