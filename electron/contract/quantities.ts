/** Scalar schemas used by every other schema. Byte quantities are plain numbers below 2^53 (8 PiB). */
import { z } from 'zod';

/** A count of bytes or an offset in bytes: integer, 0 to 2^53 - 1. */
export const bytesSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** ISO 8601 instant with time zone. */
export const instantSchema = z.iso.datetime({ offset: true });
/** Lower-case hexadecimal SHA-256: the name of a restic blob or file. */
export const idSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** A run of bytes on a volume. */
export const byteRangeSchema = z.object({ offsetBytes: bytesSchema, lengthBytes: bytesSchema });
export type ByteRange = z.infer<typeof byteRangeSchema>;
