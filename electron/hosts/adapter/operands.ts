/** The elements of `command-arguments` as operands. */
import type { AdapterCommand, AdapterOperand } from './commands.ts';
import { splitList, unquote } from './list-text.ts';
import type { Element } from './parse-xml.ts';
import { quoted, refusal } from './refusal.ts';
import { textOf } from './request.ts';

/** What operands are called in requests, besides their own name in lower case. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  VOLUME: ['volume-list', 'filespec'],
  SOURCE: ['source-filespec'],
  DESTINATION: ['destination-filespec'],
};

/** Throws `REQUEST_INVALID` for elements that are no operand of the command, and where one is missing in between. */
export function operandsOf(command: AdapterCommand, elements: readonly Element[]): string[] {
  const values = command.operands.map((): string[] => []);
  for (const element of elements) {
    const at = command.operands.findIndex((operand) => elementsOf(operand).includes(element.name));
    const operand = command.operands[at];
    const before = values[at];
    if (!operand || !before) throw unknown(command, element);
    if (before.length > 0 && !operand.repeated) {
      throw refusal(`Line ${element.line}: ${quoted(element.name)} is one argument too many.`);
    }
    before.push(...valuesOf(operand, element));
  }
  checkOrder(command, values);
  return values.flat();
}

function elementsOf({ names }: AdapterOperand): string[] {
  return names.flatMap((name) => [...(ELEMENTS[name] ?? []), name.toLowerCase()]);
}

function valuesOf(operand: AdapterOperand, element: Element): string[] {
  const text = textOf(element);
  const values = operand.repeated ? splitList(text) : [unquote(text)];
  if (values === undefined) throw refusal(`Line ${element.line}: a quote in ${element.name} is not closed.`);
  if (values.length > 0 && !values.includes('')) return values;
  throw refusal(`Line ${element.line}: ${element.name} is empty.`);
}

/** An operand takes the place of one that is missing before it: a restore must not take a destination for a source. */
function checkOrder({ operands }: AdapterCommand, values: readonly (readonly string[])[]): void {
  const missing = values.findIndex((value) => value.length === 0);
  const later = values.findIndex((value, at) => at > missing && value.length > 0);
  const [absent, present] = [operands[missing], operands[later]];
  if (!absent || !present || missing < 0) return;
  throw refusal(`${elementsOf(present)[0]} needs ${elementsOf(absent)[0]} as well.`);
}

function unknown({ words, operands }: AdapterCommand, { name, line }: Element): Error {
  const known = operands.flatMap((operand) => elementsOf(operand).slice(0, 1));
  return refusal(
    `Line ${line}: ${quoted(name)} is no argument of “${words.join(' ')}”.`,
    known.length > 0 ? `Its arguments are ${known.join(', ')}.` : 'It has none.',
  );
}
