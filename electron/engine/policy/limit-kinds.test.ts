import { expect, test } from 'vitest';
import { limit, line } from './limit-kinds.ts';

const paths = { workingDirectory: '/', homeDirectory: '/' };
const versions = limit({ display: 'VERExists', help: 'Versions.' }, { minimum: 1, maximum: 9999 });
const text = line({ display: 'REASon', help: 'Why.' }, 10);

test('a limit is a whole number within its own limits, or none', () => {
  expect(['1', '9999', 'nolimit', 'NOLimit', 'nol'].map((given) => versions.parse(given, paths))).toEqual([
    1,
    9999,
    'nolimit',
    'nolimit',
    'nolimit',
  ]);
  for (const bad of ['0', '10000', '-1', '1.5', '', 'no', 'nolimits', '٣']) {
    expect(() => versions.parse(bad, paths)).toThrow();
  }
  expect([versions.format(7), versions.format('nolimit'), versions.format(undefined)]).toEqual(['7', 'nolimit', '']);
});

test('a line is one line', () => {
  expect(text.parse(' for Eve ', paths)).toBe('for Eve');
  expect(text.parse('', paths)).toBe('');
  for (const bad of ['a\nb', '01234567890', '\x1b[31m']) expect(() => text.parse(bad, paths)).toThrow();
});
