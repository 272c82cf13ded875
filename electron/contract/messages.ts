/** Messages with stable ids, in the manner of the originals: number, severity letter, explanation, user action. */
import { z } from 'zod';

/** I: information, W: warning, E: error, S: severe error. Decides the return code. */
export const severitySchema = z.enum(['I', 'W', 'E', 'S']);
export type Severity = z.infer<typeof severitySchema>;

/** `SFR1228E`. Stable for ever; the number is that of the original message where there is one that means the same. */
export const messageIdSchema = z.string().regex(/^SFR\d{4}[IWES]$/);
export type MessageId = z.infer<typeof messageIdSchema>;

/** One entry of the catalogue, English. */
export interface Message {
  readonly id: MessageId;
  readonly severity: Severity;
  /** The message; `{name}` where a fact is put in. */
  readonly text: string;
  readonly explanation: string;
  /** What the system did. */
  readonly systemAction: string;
  readonly userAction: string;
}
