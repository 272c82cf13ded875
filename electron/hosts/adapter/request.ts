/** What a `tsm-request` says: one operation, and one or more command lines of it. */
import { LONGEST_TIMEOUT_SECONDS, MOST_COMMANDS } from './limits.ts';
import type { Element } from './parse-xml.ts';
import { quoted, refusal } from './refusal.ts';

/** One `command-request`. */
export interface CommandRequest {
  /** Seconds after which it is cancelled; without it, it may take as long as it takes. */
  readonly timeoutSeconds: number | undefined;
  readonly options: readonly Element[];
  readonly arguments: readonly Element[];
}

export interface TsmRequest {
  /** Lower case. */
  readonly operation: string;
  readonly commands: readonly CommandRequest[];
}

/** Throws `REQUEST_INVALID`, naming the element that is wrong, missing or not known. */
export function readRequest(root: Element): TsmRequest {
  if (root.name !== 'tsm-request') {
    throw refusal(`Line ${root.line}: ${quoted(root.name)} is not a request.`, 'The outermost element is tsm-request.');
  }
  const parts = partsOf(root, ['operation-name', 'command-request'], ['command-request']);
  const [operation] = parts.get('operation-name') ?? [];
  const commands = parts.get('command-request') ?? [];
  if (!operation || textOf(operation) === '') throw refusal('The request has no operation-name.');
  if (commands.length === 0)
    throw refusal('The request has no command-request.', 'Send at least one; it may be empty.');
  if (commands.length > MOST_COMMANDS) throw refusal(`The request has more than ${MOST_COMMANDS} command-requests.`);
  return { operation: textOf(operation).toLowerCase(), commands: commands.map(readCommand) };
}

function readCommand(element: Element): CommandRequest {
  const parts = partsOf(element, ['timeout-secs', 'command-options', 'command-arguments']);
  const [timeout] = parts.get('timeout-secs') ?? [];
  const [options] = parts.get('command-options') ?? [];
  const [given] = parts.get('command-arguments') ?? [];
  return {
    timeoutSeconds: timeout && secondsOf(timeout),
    options: options ? childrenOf(options) : [],
    arguments: given ? childrenOf(given) : [],
  };
}

function secondsOf(element: Element): number {
  const text = textOf(element);
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= LONGEST_TIMEOUT_SECONDS) return seconds;
  throw refusal(
    `Line ${element.line}: timeout-secs cannot be ${quoted(text)}.`,
    `It is a whole number of seconds, 1 to ${LONGEST_TIMEOUT_SECONDS}; without it there is no limit.`,
  );
}

/** The elements inside one, by name. What is not known or is repeated without right is refused. */
function partsOf(
  element: Element,
  known: readonly string[],
  repeatable: readonly string[] = [],
): Map<string, Element[]> {
  const parts = new Map<string, Element[]>();
  for (const child of childrenOf(element)) {
    if (!known.includes(child.name)) {
      throw refusal(
        `Line ${child.line}: ${quoted(child.name)} is not known in ${element.name}.`,
        `Known are ${known.join(', ')}.`,
      );
    }
    const before = parts.get(child.name);
    if (before && !repeatable.includes(child.name)) {
      throw refusal(`Line ${child.line}: ${element.name} has more than one ${child.name}.`);
    }
    parts.set(child.name, [...(before ?? []), child]);
  }
  return parts;
}

function childrenOf(element: Element): readonly Element[] {
  if (element.text === '') return element.children;
  throw refusal(`Line ${element.line}: ${element.name} holds the text ${quoted(element.text)} instead of elements.`);
}

/** The text of an element that may not hold others. */
export function textOf(element: Element): string {
  const [child] = element.children;
  if (!child) return element.text;
  throw refusal(`Line ${child.line}: ${quoted(child.name)} is not known in ${quoted(element.name)}, which holds text.`);
}
