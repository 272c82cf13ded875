/**
 * The closed set of things that can go wrong, shared by engine, hosts and renderer. A code is stable for ever;
 * text for people is keyed by code in the renderer and the command line, never here.
 */
import { z } from 'zod';

/**
 * Who has to act on an error.
 * - `user`: something the person asked for cannot be done as asked; nothing was changed.
 * - `transient`: trying again later may work.
 * - `fatal`: this run cannot go on; what was left behind is in the details.
 * - `bug`: our fault.
 * - `cancelled`: the person stopped it.
 */
export type Disposition = 'user' | 'transient' | 'fatal' | 'bug' | 'cancelled';

/** Every error code with its disposition. */
export const ERROR_DISPOSITIONS = {
  // Repository
  REPOSITORY_NOT_FOUND: 'user',
  REPOSITORY_EXISTS: 'user',
  REPOSITORY_UNREACHABLE: 'transient',
  REPOSITORY_FULL: 'fatal',
  REPOSITORY_PERMISSION: 'user',
  REPOSITORY_DAMAGED: 'fatal',
  REPOSITORY_LOCKED: 'transient',
  REPOSITORY_LOCK_LOST: 'fatal',
  REPOSITORY_UNSUPPORTED: 'user',
  REPOSITORY_NOT_OPEN: 'user',
  PASSPHRASE_REQUIRED: 'user',
  PASSPHRASE_WRONG: 'user',
  KEY_NOT_FOUND: 'user',
  KEY_IN_USE: 'user',
  // Volumes that are read
  VOLUME_NOT_FOUND: 'user',
  VOLUME_PERMISSION: 'user',
  VOLUME_BUSY: 'user',
  VOLUME_VANISHED: 'fatal',
  VOLUME_SIZE_CHANGED: 'fatal',
  VOLUME_REMOUNT_FAILED: 'fatal',
  VOLUME_HOLDS_REPOSITORY: 'user',
  // File systems
  FILESYSTEM_DAMAGED: 'user',
  FILESYSTEM_UNSUPPORTED: 'user',
  // Snapshots
  SNAPSHOT_UNAVAILABLE: 'user',
  PROVIDER_UNSUPPORTED: 'user',
  SNAPSHOT_NO_SPACE: 'user',
  SNAPSHOT_LOST: 'fatal',
  SNAPSHOT_RELEASE_FAILED: 'fatal',
  VOLUME_NOT_IDLE: 'transient',
  SNAPSHOT_COMMAND_FAILED: 'user',
  // Images
  IMAGE_NOT_FOUND: 'user',
  IMAGE_AMBIGUOUS: 'user',
  IMAGE_DAMAGED: 'fatal',
  IMAGE_DELETED: 'user',
  IMAGE_PINNED: 'user',
  IMAGE_FOREIGN: 'user',
  // Policy
  POLICY_INVALID: 'user',
  POLICY_CHANGED: 'user',
  MANAGEMENT_CLASS_UNKNOWN: 'user',
  MANAGEMENT_CLASS_UNUSABLE: 'user',
  DELETION_NOT_CONFIRMED: 'user',
  // Schedules
  SCHEDULE_NOT_FOUND: 'user',
  SCHEDULE_INVALID: 'user',
  SCHEDULE_UNAVAILABLE: 'user',
  // Targets that are written
  TARGET_NOT_FOUND: 'user',
  TARGET_PERMISSION: 'user',
  TARGET_MOUNTED: 'user',
  TARGET_BUSY: 'user',
  TARGET_SYSTEM: 'user',
  TARGET_READ_ONLY: 'user',
  TARGET_TOO_SMALL: 'user',
  TARGET_SECTOR_SIZE: 'user',
  TARGET_HOLDS_REPOSITORY: 'user',
  TARGET_NOT_CONFIRMED: 'user',
  TARGET_FULL: 'fatal',
  TARGET_WRITE_FAILED: 'fatal',
  TARGET_VERIFY_FAILED: 'fatal',
  // Requests
  OPTION_INVALID: 'user',
  OPTIONS_CHANGED: 'user',
  OPTIONS_UNWRITABLE: 'user',
  COMMAND_INVALID: 'user',
  REQUEST_INVALID: 'user',
  REQUEST_TIMEOUT: 'transient',
  TASK_NOT_FOUND: 'user',
  TASK_CONFLICT: 'user',
  UNSUPPORTED_ON_HOST: 'user',
  UNAUTHORIZED: 'user',
  ENGINE_GONE: 'transient',
  CANCELLED: 'cancelled',
  INTERNAL: 'bug',
} as const satisfies Record<string, Disposition>;

export type ErrorCode = keyof typeof ERROR_DISPOSITIONS;

export const errorCodeSchema = z.enum(Object.keys(ERROR_DISPOSITIONS) as [ErrorCode, ...ErrorCode[]]);

/**
 * Plain-data facts about an error, for its text. Conventional keys: `volume`, `target`, `repository`, `path`, `file`,
 * `range` (`{ offsetBytes, lengthBytes }`), `holders` (who uses a volume), `neededBytes`, `presentBytes`, `option`,
 * `value`, `reason` (one English sentence), `leftBehind` (string array: what could not be undone), `written` (range
 * array: what a failed restore already wrote), `remedy` (one English sentence: what to do next).
 */
export const errorDetailsSchema = z.record(z.string(), z.json());
export type ErrorDetails = z.infer<typeof errorDetailsSchema>;

/** An error as plain data, the only form that crosses a process border. */
export const wireErrorSchema = z.object({
  code: errorCodeSchema,
  /** Technical English sentence for logs; people are shown text keyed by `code`. */
  message: z.string(),
  details: errorDetailsSchema,
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** Disposition of a code. */
export function dispositionOf(code: ErrorCode): Disposition {
  return ERROR_DISPOSITIONS[code];
}
