/** Kinds of option value that policy needs: limits that may be none, and lines of text. */
import { type OptionDefinition, type Row, ValueRejected } from './option-definition.ts';
import { integer } from './option-kinds.ts';
import { hasControlCharacter } from './words.ts';

export type Limit = number | 'nolimit';

/** A whole number, or `nolimit`. Without a value nothing is changed. */
export function limit(
  row: Row<Limit | undefined>,
  limits: { minimum: number; maximum: number },
): OptionDefinition<Limit | undefined> {
  const whole = integer({ display: row.display, help: row.help }, limits);
  return {
    ...whole,
    ...row,
    allowed: `${whole.allowed}, or nolimit`,
    parse: (text, context) => (/^nol(i(m(it?)?)?)?$/i.test(text) ? 'nolimit' : whole.parse(text, context)),
    format: (value) => (value === undefined ? '' : String(value)),
  };
}

/** One line of free text; `undefined` where it was not given, empty takes away one that was. */
export function line(row: Row<string | undefined>, mostCharacters: number): OptionDefinition<string | undefined> {
  return {
    unit: '',
    values: [],
    places: [],
    ...row,
    kind: 'text',
    fallback: undefined,
    allowed: `up to ${mostCharacters} characters`,
    parse(text) {
      if (hasControlCharacter(text)) throw new ValueRejected('The value must be one line of text.');
      if (text.length > mostCharacters) throw new ValueRejected('The value is too long.');
      return text.trim();
    },
    format: (value) => value ?? '',
  };
}
