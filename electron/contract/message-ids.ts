/** Which message an error or a warning is. The texts are in `message-catalogue/`, which is read only when asked for. */
import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { MessageId, Severity } from './messages.ts';

/** The message of every error code. Ids are stable for ever: one that falls out of use is never given to another. */
const ERROR_MESSAGE_IDS = {
  REPOSITORY_NOT_FOUND: 'SFR9001E',
  REPOSITORY_EXISTS: 'SFR9002E',
  REPOSITORY_UNREACHABLE: 'SFR1312E',
  REPOSITORY_FULL: 'SFR1311E',
  REPOSITORY_PERMISSION: 'SFR9003E',
  REPOSITORY_DAMAGED: 'SFR9004S',
  REPOSITORY_LOCKED: 'SFR9005E',
  REPOSITORY_LOCK_LOST: 'SFR9006E',
  REPOSITORY_UNSUPPORTED: 'SFR9007E',
  REPOSITORY_NOT_OPEN: 'SFR9008E',
  PASSPHRASE_REQUIRED: 'SFR1503E',
  PASSPHRASE_WRONG: 'SFR1025E',
  KEY_NOT_FOUND: 'SFR9009E',
  KEY_IN_USE: 'SFR9010E',
  VOLUME_NOT_FOUND: 'SFR1063E',
  VOLUME_PERMISSION: 'SFR4007E',
  VOLUME_BUSY: 'SFR4987E',
  VOLUME_VANISHED: 'SFR9021E',
  VOLUME_SIZE_CHANGED: 'SFR4037E',
  VOLUME_REMOUNT_FAILED: 'SFR9022E',
  VOLUME_HOLDS_REPOSITORY: 'SFR9023E',
  FILESYSTEM_DAMAGED: 'SFR9024E',
  FILESYSTEM_UNSUPPORTED: 'SFR9025E',
  SNAPSHOT_UNAVAILABLE: 'SFR1375E',
  PROVIDER_UNSUPPORTED: 'SFR3013E',
  SNAPSHOT_NO_SPACE: 'SFR1378E',
  SNAPSHOT_LOST: 'SFR9031E',
  SNAPSHOT_RELEASE_FAILED: 'SFR9032E',
  VOLUME_NOT_IDLE: 'SFR9033E',
  SNAPSHOT_COMMAND_FAILED: 'SFR9034E',
  IMAGE_NOT_FOUND: 'SFR4000E',
  IMAGE_AMBIGUOUS: 'SFR9041E',
  IMAGE_DAMAGED: 'SFR9042S',
  IMAGE_DELETED: 'SFR9043E',
  IMAGE_PINNED: 'SFR9044E',
  IMAGE_FOREIGN: 'SFR9045E',
  POLICY_INVALID: 'SFR9051E',
  POLICY_CHANGED: 'SFR9052E',
  MANAGEMENT_CLASS_UNKNOWN: 'SFR9053E',
  MANAGEMENT_CLASS_UNUSABLE: 'SFR1111E',
  DELETION_NOT_CONFIRMED: 'SFR9054E',
  SCHEDULE_NOT_FOUND: 'SFR9061E',
  SCHEDULE_INVALID: 'SFR9062E',
  SCHEDULE_UNAVAILABLE: 'SFR9063E',
  TARGET_NOT_FOUND: 'SFR1082E',
  TARGET_PERMISSION: 'SFR9071E',
  TARGET_MOUNTED: 'SFR9072E',
  TARGET_BUSY: 'SFR1226E',
  TARGET_SYSTEM: 'SFR9073E',
  TARGET_READ_ONLY: 'SFR9074E',
  TARGET_TOO_SMALL: 'SFR9075E',
  TARGET_SECTOR_SIZE: 'SFR9076E',
  TARGET_HOLDS_REPOSITORY: 'SFR9077E',
  TARGET_NOT_CONFIRMED: 'SFR9078E',
  TARGET_FULL: 'SFR4009E',
  TARGET_WRITE_FAILED: 'SFR4023E',
  TARGET_VERIFY_FAILED: 'SFR9079S',
  OPTION_INVALID: 'SFR1107E',
  OPTIONS_CHANGED: 'SFR9081E',
  OPTIONS_UNWRITABLE: 'SFR9082E',
  COMMAND_INVALID: 'SFR9083E',
  REQUEST_INVALID: 'SFR9084E',
  REQUEST_TIMEOUT: 'SFR9085E',
  TASK_NOT_FOUND: 'SFR9086E',
  TASK_CONFLICT: 'SFR9087E',
  UNSUPPORTED_ON_HOST: 'SFR9088E',
  UNAUTHORIZED: 'SFR9089E',
  ENGINE_GONE: 'SFR1029E',
  CANCELLED: 'SFR1074E',
  INTERNAL: 'SFR1028S',
} as const satisfies Record<ErrorCode, MessageId>;

/** What warnings are about. Whoever raises one says which; where nobody does it is `general`. */
const WARNING_MESSAGE_IDS = {
  general: 'SFR9200W',
  /** A snapshot was wanted, and a static image was made. */
  staticFallback: 'SFR1213W',
  /** The used blocks are not known, so every block was read. */
  wholeVolume: 'SFR1453W',
  /** The snapshot was taken of a volume that was being written to. */
  notIdle: 'SFR1380W',
  snapshot: 'SFR9201W',
  /** It may run full. */
  snapshotSpace: 'SFR9202W',
  /** postsnapshotcmd failed. */
  snapshotCommand: 'SFR9203W',
  /** It could not be removed. */
  snapshotLeft: 'SFR9204W',
  filesystem: 'SFR9205W',
  /** Ranges that are zeros in the image. */
  unreadable: 'SFR9206W',
  /** Change tracking was found wrong. */
  audit: 'SFR9207W',
  /** Packs of the repository are missing. */
  repositoryDamage: 'SFR9208W',
  /** The repository was read without a lock. */
  noLock: 'SFR9209W',
  /** Something about the target of a restore. */
  target: 'SFR9211W',
  /** What stopped runs left could not be cleaned up. */
  leftover: 'SFR9212W',
  /** Lines of the options file that are not understood. */
  optionsFile: 'SFR9213W',
  /** Images are bound to another management class. */
  rebound: 'SFR9214W',
  /** The image mixes states of different moments. */
  fuzzy: 'SFR9215W',
  /** Nothing fits what was asked for. */
  noMatch: 'SFR1092W',
  /** A volume was left out; counts as skipped. */
  skipped: 'SFR1115W',
} as const satisfies Record<string, MessageId>;

export type WarningKind = keyof typeof WARNING_MESSAGE_IDS;

export const warningKindSchema = z.enum(Object.keys(WARNING_MESSAGE_IDS) as [WarningKind, ...WarningKind[]]);

/** Messages that end something, and the ones that say that further up is why. */
export const OUTCOME_MESSAGE_IDS = {
  /** A command was done. */
  completed: 'SFR1148I',
  /** Highest return code of a macro. */
  macroReturnCode: 'SFR1895I',
  /** Highest return code of a session or a command. */
  returnCode: 'SFR1901I',
  /** One volume was not backed up; the cause follows. */
  notSent: 'SFR1228E',
  /** The backup of one volume is over without an image. */
  imageFailed: 'SFR1813E',
} as const satisfies Record<string, MessageId>;

export type OutcomeKind = keyof typeof OUTCOME_MESSAGE_IDS;

/** The id of the message that an error is. */
export function messageIdOfError(code: ErrorCode): MessageId {
  return ERROR_MESSAGE_IDS[code];
}

/** The id of the message that a warning is; `general` where nobody said what it is about. */
export function messageIdOfWarning(kind: WarningKind = 'general'): MessageId {
  return WARNING_MESSAGE_IDS[kind];
}

/** The severity that an id ends in. */
export function severityOf(id: MessageId): Severity {
  const letter = id.slice(-1);
  return letter === 'I' || letter === 'W' || letter === 'S' ? letter : 'E';
}

/** Every id that is in use, for tests and lists. */
export const MESSAGE_IDS: readonly MessageId[] = [
  ...Object.values(ERROR_MESSAGE_IDS),
  ...Object.values(WARNING_MESSAGE_IDS),
  ...Object.values(OUTCOME_MESSAGE_IDS),
].toSorted();
