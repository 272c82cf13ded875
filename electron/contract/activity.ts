/** Activity: every run there ever was, its log, and the error log. */
import { z } from 'zod';
import { wireErrorSchema } from './errors.ts';
import { messageIdSchema } from './messages.ts';
import { bytesSchema, instantSchema } from './quantities.ts';
import { taskKindSchema, taskResultSchema, taskStateSchema } from './tasks.ts';

/** One run in the list. */
export const runSummarySchema = z.object({
  /** Of the task that it was. */
  id: z.string(),
  kind: taskKindSchema,
  /** Volume, image or repository it was about. */
  subject: z.string(),
  state: taskStateSchema,
  startedAt: instantSchema,
  finishedAt: instantSchema.optional(),
  elapsedSeconds: z.number().min(0),
  /** From the volume or the repository; of a restore what was read back from the target. */
  readBytes: bytesSchema,
  /** Added to the repository (backup) or written to the target (restore). */
  storedBytes: bytesSchema,
  deduplicatedBytes: bytesSchema,
  warningCount: z.number().int().min(0),
  errorCode: z.string().optional(),
  imageId: z.string().optional(),
  /** A backup or a check that has ended and whose request is known: the same can be asked for again. Restores cannot. */
  repeatable: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** Which runs; absent parts filter nothing. */
export const runFilterSchema = z.object({
  kinds: z.array(taskKindSchema).optional(),
  states: z.array(taskStateSchema).optional(),
  /** Exactly this subject. */
  subject: z.string().optional(),
  /** Part of the subject, whatever the case. */
  text: z.string().max(200).optional(),
  after: instantSchema.optional(),
  before: instantSchema.optional(),
  /** Only runs with warnings, or only those without. */
  warnings: z.boolean().optional(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

export const logLineSchema = z.object({
  time: instantSchema,
  level: z.enum(['debug', 'info', 'warn', 'error']),
  /** English; never holds a secret. */
  text: z.string(),
  /** Of warnings and errors that have one. */
  messageId: messageIdSchema.optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** One run with all that is known. */
export const runDetailsSchema = z.object({
  run: runSummarySchema,
  log: z.array(logLineSchema),
  warnings: z.array(z.string()),
  /** Ids of the warnings, in their order; absent where none has one. */
  warningIds: z.array(messageIdSchema).optional(),
  result: taskResultSchema.optional(),
  error: wireErrorSchema.optional(),
  /** The command line that does the same; empty where there is none. */
  command: z.string(),
});
export type RunDetails = z.infer<typeof runDetailsSchema>;

/** One week, Monday to Sunday, local time. */
export const activityWeekSchema = z.object({
  /** The Monday, `YYYY-MM-DD`. */
  week: z.string(),
  storedBytes: bytesSchema,
  deduplicatedBytes: bytesSchema,
  readBytes: bytesSchema,
  backups: z.number().int().min(0),
  failed: z.number().int().min(0),
});
export type ActivityWeek = z.infer<typeof activityWeekSchema>;
