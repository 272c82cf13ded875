/** Random texts and rules for tests. */
import fc from 'fast-check';
import type { ImageRule } from '#contract';
import { patternProblem, RULE_OPTIONS } from '../policy/rules.ts';

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
