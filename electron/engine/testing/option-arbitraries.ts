/** Random texts and rules for tests. */
import fc from 'fast-check';
import type { ImageRule } from '#contract';
import type { OptionRow } from '../policy/options.ts';
import { quoteValue } from '../policy/options-line.ts';
import { patternProblem, RULE_OPTIONS } from '../policy/rules.ts';
import { quoteWord } from '../policy/words.ts';

/** Text that a line can hold. */
export const lineText = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    // What quoting and splitting trip over.
    fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '*', '=', '\\', '\u00a0', '\ufeff', '#') }),
  )
  .filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text));

/** Any rule that a file can hold. */
export const anyRule: fc.Arbitrary<ImageRule> = fc
  .record({
    kind: fc.constantFrom('include.image' as const, 'exclude.image' as const),
    pattern: lineText.filter((text) => patternProblem(text) === undefined),
    managementClass: fc.oneof(fc.constant(''), fc.stringMatching(/^[\p{L}\p{N}._-]{1,30}$/u)),
    options: fc.dictionary(fc.constantFrom(...RULE_OPTIONS.map((row) => row.name as string)), lineText, { maxKeys: 4 }),
  })
  .map((rule) => {
    const { kind, pattern } = rule;
    return kind === 'include.image'
      ? { ...rule, options: { ...rule.options } }
      : { kind, pattern, managementClass: '', options: {} };
  });

const days = fc.constantFrom('mon', 'TUESDAY', 'we', 'sat', 'sun');

/** Of options with a form of their own. */
const OWN_FORMS: Partial<Record<OptionRow['name'], fc.Arbitrary<string>>> = {
  time: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 10, max: 59 })).map((parts) => parts.join(':')),
  days: fc.oneof(
    fc.constantFrom('daily', 'workdays', 'weekend'),
    fc.array(days, { minLength: 1 }).map((names) => names.join(',')),
  ),
  scheduled: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}[a-z0-9]$/),
};

/** A text that an option takes. */
export function validText(row: OptionRow): fc.Arbitrary<string> {
  const own = OWN_FORMS[row.name];
  if (own !== undefined) return own;
  const { minimum = 0, maximum = 0 } = row;
  switch (row.kind) {
    case 'flag':
      return fc.constantFrom('yes', 'no', 'Y', 'off');
    case 'enum':
      return fc.constantFrom(...row.values).chain((value) => fc.constantFrom(value, value.toUpperCase()));
    case 'integer':
      return fc.integer({ min: minimum, max: maximum }).map(String);
    case 'size':
      return fc.integer({ min: minimum / 1024, max: maximum / 1024 }).chain((kb) => fc.constantFrom(`${kb}`, `${kb}k`));
    case 'wait':
      return fc.integer({ min: 0, max: 999 }).chain((count) => fc.constantFrom(`${count}`, `${count}s,${count}ms`));
    case 'text':
      if (row.name === 'errorlogretention') {
        return fc.oneof(
          fc.constantFrom('N', 'n'),
          fc.integer({ min: 0, max: 9999 }).chain((days) => fc.constantFrom(`${days}`, `${days} d`, `${days},S`)),
        );
      }
      return fc.stringMatching(/^[A-Za-z0-9._-]{1,30}$/);
    case 'path':
      return lineText.map((text) => `/${text.trim()}x`);
    case 'command':
      return lineText.filter((text) => quoteValue(text) !== undefined);
    case 'list':
      return fc.uniqueArray(lineText.filter((text) => text !== '')).map((names) => names.map(quoteWord).join(' '));
  }
}
