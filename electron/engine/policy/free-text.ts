/** The kind of option that takes a short text as it is: a date, a part of a name. */
import { COMMAND_AND_FILE, type OptionDefinition, type Row, ValueRejected } from './option-definition.ts';
import { hasControlCharacter } from './words.ts';

const MOST_CHARACTERS = 255;

/** A text of one line, not blank. `allowed` says what may be in it; whoever reads it decides whether that is so. */
export function freeText(row: Row<string>, allowed: string): OptionDefinition<string | undefined> {
  return {
    places: COMMAND_AND_FILE,
    unit: '',
    values: [],
    ...row,
    kind: 'text',
    fallback: undefined,
    allowed,
    parse(text) {
      const trimmed = text.trim();
      if (trimmed === '') throw new ValueRejected('The value must not be empty.');
      if (hasControlCharacter(trimmed)) throw new ValueRejected('The value cannot hold control characters.');
      if (trimmed.length > MOST_CHARACTERS) throw new ValueRejected('The value is too long.');
      return trimmed;
    },
    format: (value) => value ?? '',
  };
}
