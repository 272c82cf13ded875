/** Block maps: what became of every grid block of a volume, live while a backup runs and afterwards from its image. */
import { z } from 'zod';
import { bytesSchema, idSchema } from './quantities.ts';

/**
 * State of one grid block; its index here is its number in `states`.
 * `free`: no used extent. `used`: in use, still to be read. `unchanged`: taken over from the image before, not read.
 * `changed`: change tracking says it changed, still to be read (in comparisons: differs). `stored`: read, new in the
 * repository. `deduplicated`: read, was there already. `zero`: read, all zero. `unreadable`: stored as zeros.
 */
export const BLOCK_STATES = [
  'free',
  'used',
  'unchanged',
  'changed',
  'stored',
  'deduplicated',
  'zero',
  'unreadable',
] as const;
export const blockStateSchema = z.enum(BLOCK_STATES);
export type BlockState = z.infer<typeof blockStateSchema>;

/** The map of a volume of at most 2 Mi blocks. */
export const blockMapSchema = z.object({
  sizeBytes: bytesSchema,
  /** Bytes of one block; the last one may be shorter. */
  gridBytes: bytesSchema,
  blockCount: z.number().int().min(0),
  /** One byte a block (index into `BLOCK_STATES`), compressed with raw deflate, as base64. */
  states: z.string(),
});
export type BlockMap = z.infer<typeof blockMapSchema>;

/** First the whole map, then what changed, at most ten times a second. */
export const blockMapEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), map: blockMapSchema }),
  z.object({
    kind: z.literal('changes'),
    /** Triples one after another: first block, number of blocks, state. */
    runs: z.array(z.number().int().min(0)),
  }),
]);
export type BlockMapEvent = z.infer<typeof blockMapEventSchema>;

/** Two images of one volume, block by block: `unchanged`, `changed`, `free` (in neither), and two more in the counters. */
export const imageComparisonSchema = z.object({
  before: idSchema,
  after: idSchema,
  /** States: `free` (zero or unused in both), `unchanged`, `changed`, `stored` (used only now), `zero` (used only before). */
  map: blockMapSchema,
  unchangedBytes: bytesSchema,
  changedBytes: bytesSchema,
  /** Zero or unused before, used now. */
  addedBytes: bytesSchema,
  /** Used before, zero or unused now. */
  removedBytes: bytesSchema,
  freeBytes: bytesSchema,
});
export type ImageComparison = z.infer<typeof imageComparisonSchema>;
