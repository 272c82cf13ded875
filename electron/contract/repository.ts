/** The repository as the person sees it. */
import { z } from 'zod';
import { bytesSchema, idSchema, instantSchema } from './quantities.ts';

export const repositoryStatusSchema = z.object({
  /**
   * `absent`: nothing at the location, it can be created; `closed`: exists, needs a passphrase or has not been opened;
   * `open`: ready; `unreachable`: the location cannot be read.
   */
  state: z.enum(['absent', 'closed', 'open', 'unreachable']),
  /** Directory or `s3:…`. */
  location: z.string(),
  id: z.string().optional(),
  freeBytes: bytesSchema.optional(),
  totalBytes: bytesSchema.optional(),
  imageCount: z.number().int().optional(),
  lastImageAt: instantSchema.optional(),
  /** Why it is `unreachable` or why opening failed, one English sentence. */
  reason: z.string().optional(),
});
export type RepositoryStatus = z.infer<typeof repositoryStatusSchema>;

/** One key of the repository: who may open it. */
export const repositoryKeySchema = z.object({
  id: idSchema,
  username: z.string(),
  hostname: z.string(),
  created: instantSchema,
  /** It opened this session, so it cannot be removed. */
  current: z.boolean(),
});
export type RepositoryKey = z.infer<typeof repositoryKeySchema>;
