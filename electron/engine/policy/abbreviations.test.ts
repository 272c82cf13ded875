import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, fullName, matchAbbreviation, shortestAbbreviation } from './abbreviations.ts';
import { OPTION_ROWS } from './options.ts';

const names = ['IMAGEGapsize', 'IMAGETYpe', 'IMAGETOfile', 'MODe'].map((display) => ({ display }));
const found = (typed: string) => {
  const match = matchAbbreviation(typed, names);
  return match.kind === 'found' ? match.value.display : match.kind;
};

describe('matchAbbreviation', () => {
  test.each([
    ['imagegapsize', 'IMAGEGapsize'],
    ['IMAGEG', 'IMAGEGapsize'],
    ['imagety', 'IMAGETYpe'],
    ['imageto', 'IMAGETOfile'],
    ['m', 'MODe'],
    ['imaget', 'ambiguous'],
    ['image', 'ambiguous'],
    ['', 'unknown'],
    ['modes', 'unknown'],
  ])('%j stands for %s', (typed, expected) => {
    expect(found(typed)).toBe(expected);
  });

  test('a full name wins over a longer name that begins with it', () => {
    const match = matchAbbreviation('mode', [{ display: 'MODEL' }, { display: 'MODe' }]);
    expect(match).toEqual({ kind: 'found', value: { display: 'MODe' } });
  });

  test('a guaranteed abbreviation stays valid beside a newer name', () => {
    const match = matchAbbreviation('det', [{ display: 'DETail' }, { display: 'DETACHVolume' }]);
    expect(match).toEqual({ kind: 'found', value: { display: 'DETail' } });
  });

  test('an alias can be abbreviated too', () => {
    const [row] = [{ display: 'MANAGEMENTClass', aliases: ['MGmtclass'] }];
    expect(matchAbbreviation('mgmt', [row])).toEqual({ kind: 'found', value: row });
  });

  test('a typing error gets a suggestion', () => {
    expect(matchAbbreviation('imagegapsze', names)).toEqual({ kind: 'unknown', suggestions: [names[0]] });
  });

  test('every length from the guaranteed abbreviation on finds its option, in any case', () => {
    const rows = OPTION_ROWS.flatMap((row) =>
      [row.display, ...(row.aliases ?? [])].map((display) => ({ row, display })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.nat(), fc.func(fc.boolean()), ({ row, display }, extra, upper) => {
        const shortest = shortestAbbreviation(display).length;
        const length = shortest + (extra % (display.length - shortest + 1));
        const typed = [...fullName(display).slice(0, length)].map((c, i) => (upper(i) ? c.toUpperCase() : c)).join('');
        expect(matchAbbreviation(typed, OPTION_ROWS)).toEqual({ kind: 'found', value: row });
      }),
    );
  });

  test.each([
    ['changetrack', 'changetracking'],
    ['changetracking', 'changetracking'],
    ['changetrackinga', 'changetrackingaudit'],
    ['snapshotfsidlew', 'snapshotfsidlewait'],
    ['snapshotprovideri', 'snapshotproviderimage'],
    ['presn', 'presnapshotcmd'],
    ['frees', 'freespace'],
    ['imagety', 'imagetype'],
  ])('of the options %s stands for %s', (typed, name) => {
    expect(matchAbbreviation(typed, OPTION_ROWS)).toMatchObject({ kind: 'found', value: { name } });
  });

  test('whatever is found begins with what was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (typed) => {
        const match = matchAbbreviation(typed, OPTION_ROWS);
        if (match.kind !== 'found') return;
        const { display, aliases = [] } = match.value;
        expect([display, ...aliases].some((d) => fullName(d).startsWith(typed.toLowerCase()))).toBe(true);
      }),
    );
  });
});

test('editDistance is symmetric and zero only for equal words', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('imgae', 'image')).toBe(1);
});
