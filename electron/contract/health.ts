/** How well each volume is protected, in one traffic light whose reasons say why. */
import { z } from 'zod';
import { bytesSchema, instantSchema } from './quantities.ts';

/** `none`: nothing is known or wanted yet (never backed up). */
export const trafficLightSchema = z.enum(['good', 'attention', 'bad', 'none']);
export type TrafficLight = z.infer<typeof trafficLightSchema>;

/** Why a light has its colour, worst first; the window has the words. */
export const healthReasonSchema = z.object({
  code: z.enum([
    'recentImage',
    'imageOld',
    'neverBackedUp',
    'lastRunFailed',
    'lastRunCancelled',
    'unreadableRanges',
    'fuzzyImage',
    'neverChecked',
    'checkOld',
    'dataNeverRead',
    'checkFoundDamage',
    'repositoryAlmostFull',
    'volumeMissing',
  ]),
  light: trafficLightSchema,
  /** For the words: days, bytes, an error code. */
  days: z.number().optional(),
  bytes: bytesSchema.optional(),
  errorCode: z.string().optional(),
});
export type HealthReason = z.infer<typeof healthReasonSchema>;

export const volumeHealthSchema = z.object({
  volume: z.string(),
  label: z.string(),
  /** It exists on this computer now. */
  present: z.boolean(),
  light: trafficLightSchema,
  /** Worst first; at least one. */
  reasons: z.array(healthReasonSchema).min(1),
  lastImage: z.object({ id: z.string(), time: instantSchema, storedSize: bytesSchema }).optional(),
  /** The last run, whatever became of it. */
  lastRun: z.object({ id: z.string(), time: instantSchema, state: z.string() }).optional(),
  /** Next planned run; absent: none is planned. */
  nextRun: instantSchema.optional(),
  imageCount: z.number().int().min(0),
});
export type VolumeHealth = z.infer<typeof volumeHealthSchema>;

export const repositoryHealthSchema = z.object({
  light: trafficLightSchema,
  reasons: z.array(healthReasonSchema),
  lastCheck: z.object({ time: instantSchema, readData: z.boolean(), problems: z.number().int().min(0) }).optional(),
  /** Absent while too little is known to say. */
  forecast: z
    .object({
      /** Average growth over the runs of the last 60 days. */
      bytesPerDay: z.number().min(0),
      /** Until nothing is free; absent where it does not grow. */
      daysLeft: z.number().min(0).optional(),
    })
    .optional(),
});
export type RepositoryHealth = z.infer<typeof repositoryHealthSchema>;

export const healthSchema = z.object({ volumes: z.array(volumeHealthSchema), repository: repositoryHealthSchema });
export type Health = z.infer<typeof healthSchema>;
