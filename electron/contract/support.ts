/** Online Image Support: what each snapshot provider needs on this computer (Setup Wizard). */
import { z } from 'zod';
import { snapshotProviderSchema } from './images.ts';

export const supportActionSchema = z.enum(['install', 'update', 'remove']);
export type SupportAction = z.infer<typeof supportActionSchema>;

export const providerSupportSchema = z.object({
  provider: snapshotProviderSchema,
  /** `ready`: usable; `installable`: packages are missing; `absent`: this kernel or computer cannot. */
  state: z.enum(['ready', 'installable', 'absent']),
  /** One English sentence: version found, or what is missing. */
  status: z.string(),
  /** What may be run, word for word, with what it does; none where nothing can be done. */
  actions: z.array(z.object({ action: supportActionSchema, command: z.string(), effect: z.string() })),
  /** Places that give space: volume groups with their free extents. */
  spaces: z.array(z.object({ name: z.string(), freeBytes: z.number(), totalBytes: z.number() })),
});
export type ProviderSupport = z.infer<typeof providerSupportSchema>;
