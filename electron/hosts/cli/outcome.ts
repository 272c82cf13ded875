/** How a command ended, as its last line for people and as its last document for programs. */
import { messageIdOfError, OUTCOME_MESSAGE_IDS, type WireError } from '#contract';
import type { CommandRow } from './command-row.ts';
import { commandName } from './command-table.ts';
import type { ReturnCode } from './exit-codes.ts';

/** How a long command ended, in the originals' words. */
export function outcomeLine(row: CommandRow, returnCode: ReturnCode): string {
  if (returnCode > 0) return `${OUTCOME_MESSAGE_IDS.returnCode} The highest return code was ${returnCode}.`;
  return `${OUTCOME_MESSAGE_IDS.completed} '${commandName(row)}' command completed successfully.`;
}

/** The JSON of a command that failed: the last line of a long one, the only document of others. */
export function errorDocument(row: CommandRow | undefined, error: WireError, returnCode: ReturnCode): object {
  const facts = { returnCode, messageId: messageIdOfError(error.code), error };
  if (row === undefined) return facts;
  return { ...(row.long ? { type: 'result' } : {}), command: commandName(row), ...facts };
}
