/** Options as the Preferences editor shows them. A value that does not fit is shown as it is, never thrown. */
import type { OptionDescription, OptionSource } from '#contract';
import { type PathContext, ValueRejected } from './option-definition.ts';
import { definitionOf, formatOption, isLocked, type OptionName, type OptionRow } from './options.ts';
import type { OptionsFile } from './options-file.ts';
import { type OptionInputs, optionText } from './resolve-options.ts';

const DEFAULT: OptionSource = { from: 'default' };

/** The row, and what holds for the inputs. */
export function describeOption(row: OptionRow, inputs: OptionInputs): OptionDescription {
  const { name, display, kind, unit, minimum, maximum, values, allowed, help, fallbackText, places, tab } = row;
  const said = optionText(name, inputs);
  const fileValue = inputs.file?.entries.get(name)?.value;
  return {
    name,
    display,
    type: kind,
    unit,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    values: [...values],
    allowed,
    help,
    default: fallbackText,
    places: [...places],
    ...(tab === undefined ? {} : { tab }),
    value: said ? inForce(name, said.text, { ...inputs.paths, workingDirectory: said.directory }) : fallbackText,
    source: said?.source ?? DEFAULT,
    ...(fileValue === undefined ? {} : { fileValue }),
    locked: isLocked(row),
  };
}

/** In the one spelling that every value has; as it was typed where it does not fit. */
function inForce<N extends OptionName>(name: N, text: string, context: PathContext): string {
  const definition = definitionOf(name);
  try {
    return formatOption(name, definition.parse(text, context));
  } catch (error) {
    if (error instanceof ValueRejected) return text;
    throw error;
  }
}

/** Values in a file that do not fit, one English sentence each: runs that need them are refused. */
export function optionProblems({ path, directory, entries, rules }: OptionsFile, paths: PathContext): string[] {
  const context = { ...paths, workingDirectory: directory };
  const problems: string[] = [];
  const check = (name: OptionName, value: string, line: number): void => {
    try {
      definitionOf(name).parse(value, context);
    } catch (error) {
      if (!(error instanceof ValueRejected)) throw error;
      problems.push(`${path}, line ${line}: ${name} is not understood. ${error.message}`);
    }
  };
  for (const [name, { value, line }] of entries) check(name, value, line);
  for (const { options, line } of rules) {
    for (const [name, value] of Object.entries(options)) check(name as OptionName, value, line);
  }
  return problems;
}
