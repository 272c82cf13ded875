import { expect, test } from 'vitest';
import { formatPairs, formatTable } from './text-table.ts';

test('columns are aligned by characters, and no line ends in space', () => {
  const columns = [
    { title: 'Name', cell: (row: [string, string, string]) => row[0] },
    { title: 'Size', align: 'right' as const, cell: (row: [string, string, string]) => row[1] },
    { title: 'Note', cell: (row: [string, string, string]) => row[2] },
  ];
  expect(
    formatTable(columns, [
      ['a', '1', ''],
      ['größe', '1000', 'x'],
    ]),
  ).toEqual(['Name   Size  Note', 'a         1', 'größe  1000  x']);
  expect(formatTable(columns, [])).toEqual(['Name  Size  Note']);
});

test('pairs leave out what is empty', () => {
  const pairs = [
    ['a', '1'],
    ['much longer', ''],
    ['bcd', '2'],
  ] as const;
  expect(formatPairs(pairs, '  ')).toEqual(['  a    1', '  bcd  2']);
  expect(formatPairs([])).toEqual([]);
});
