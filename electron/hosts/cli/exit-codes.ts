/** The one place where outcomes become return codes (domain reference, section 2.6: the highest severity decides). */
import {
  dispositionOf,
  type ErrorCode,
  type MessageId,
  messageIdOfWarning,
  type Severity,
  severityOf,
} from '#contract';

/** 0 done; 4 done, something was skipped; 8 done with warnings; 12 an error: something asked for was not done. */
export type ReturnCode = 0 | 4 | 8 | 12;

/** How a command, or one volume of it, ended. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'warnings' }
  | { readonly kind: 'error'; readonly code: ErrorCode };

/**
 * The return code of an outcome. Cancelling counts as an error: what was asked for was not done, and a script must
 * not take it for done. There is no 128 + signal: 12 is what schedulers look for.
 */
export function returnCodeOf(outcome: Outcome): ReturnCode {
  switch (outcome.kind) {
    case 'done':
      return 0;
    case 'skipped':
      return 4;
    case 'warnings':
      return 8;
    case 'error':
      switch (dispositionOf(outcome.code)) {
        case 'user':
        case 'transient':
        case 'fatal':
        case 'bug':
        case 'cancelled':
          return 12;
      }
  }
}

const OF_SEVERITY: Readonly<Record<Severity, ReturnCode>> = { I: 0, W: 8, E: 12, S: 12 };

/** The return code that a message which was printed stands for. Skipping is told like a warning, and is less. */
export function returnCodeOfMessage(id: MessageId): ReturnCode {
  return id === messageIdOfWarning('skipped') ? 4 : OF_SEVERITY[severityOf(id)];
}

const BY_SEVERITY = [12, 8, 4] as const;

/** The return code of several: the highest. */
export function highest(...codes: readonly ReturnCode[]): ReturnCode {
  return BY_SEVERITY.find((code) => codes.includes(code)) ?? 0;
}
