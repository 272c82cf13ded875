/** A `command-request` as a command line. */
import type { AdapterCommand, AdapterOption } from './commands.ts';
import { optionValue } from './foreign-values.ts';
import { operandsOf } from './operands.ts';
import type { Element } from './parse-xml.ts';
import { quoted, refusal } from './refusal.ts';
import { type CommandRequest, textOf } from './request.ts';

/** What is to be run. */
export interface CommandLine {
  readonly argv: readonly string[];
  /** As it was asked for: `argv` with what the notes say is left out. */
  readonly asked: readonly string[];
  /** What is ignored, and why. */
  readonly notes: readonly string[];
}

/** Throws `REQUEST_INVALID` for elements that the command has no option or operand for. */
export function commandLineOf(
  command: AdapterCommand,
  request: CommandRequest,
  otherOptions: readonly string[],
): CommandLine {
  const options = optionsOf(command, request.options, otherOptions);
  const operands = operandsOf(command, request.arguments);
  // A name like an option would be taken for one.
  const rest = operands.some((operand) => operand.startsWith('-')) ? ['--', ...operands] : operands;
  const line = (tokens: readonly string[]) => [...command.words, ...tokens, ...rest];
  return {
    argv: line(options.filter(({ note }) => note === undefined).map(({ token }) => token)),
    asked: line(options.map(({ token }) => token)),
    notes: options.flatMap(({ note }) => note ?? []),
  };
}

interface GivenOption {
  readonly name: string;
  readonly token: string;
  readonly note: string | undefined;
}

function optionsOf(
  command: AdapterCommand,
  elements: readonly Element[],
  otherOptions: readonly string[],
): GivenOption[] {
  const given: GivenOption[] = [];
  for (const element of elements) {
    const option = optionNamed(command, element, otherOptions);
    if (given.some(({ name }) => name === option.name)) {
      throw refusal(`Line ${element.line}: the option ${option.name} is given more than once.`);
    }
    const text = textOf(element);
    const { value, note } = optionValue(option.name, text);
    const token = option.flag && text === '' ? `-${option.name}` : `-${option.name}=${value}`;
    given.push({ name: option.name, token, note });
  }
  return given;
}

function optionNamed(
  { words, options }: AdapterCommand,
  { name, line }: Element,
  otherOptions: readonly string[],
): Pick<AdapterOption, 'name' | 'flag'> {
  const wanted = name.toLowerCase();
  const option = options.find((one) => [one.name, ...one.aliases].includes(wanted));
  if (!option && otherOptions.includes(wanted)) return { name: wanted, flag: true };
  if (!option) {
    throw refusal(
      `Line ${line}: ${quoted(name)} is no option of “${words.join(' ')}”.`,
      `Its options are ${options.map((one) => one.name).join(', ')}.`,
    );
  }
  if (option.refused === undefined) return option;
  throw refusal(`Line ${line}: the option ${option.name} cannot be given here. ${option.refused}`);
}
