/** What can stand where a command takes operands, read from what its help shows. */
import type { CommandRow } from '../command-row.ts';

export interface OperandKinds {
  /** Names of volumes, and files, which can be volumes. */
  readonly volumes: boolean;
  readonly files: boolean;
  /** Words of a closed list. */
  readonly words: readonly string[];
}

const VOLUMES = /\b(VOLUMES?|SOURCE|DESTINATION)\b/;
const FILES = /\b(FILE|DIRECTORY|PATH)\b/;

/** `VOLUME`, `SOURCE`, `FILE`, and alternatives in lower case: `bash|zsh|fish`. */
export function operandKinds({ operands, operandCount }: CommandRow): OperandKinds {
  if (operandCount.maximum === 0) return { volumes: false, files: false, words: [] };
  const lists = operands.match(/[a-z][a-z0-9-]*(\|[a-z][a-z0-9-]*)+/g) ?? [];
  return {
    volumes: VOLUMES.test(operands),
    files: FILES.test(operands) || VOLUMES.test(operands),
    words: lists.flatMap((words) => words.split('|')),
  };
}
