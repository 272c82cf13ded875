import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchOf } from './fuzzy.ts';

const best = (query: string, texts: readonly string[]): string | undefined =>
  texts
    .flatMap((text) => {
      const found = matchOf(query, text);
      return found ? [{ text, score: found.score }] : [];
    })
    .sort((a, b) => b.score - a.score)[0]?.text;

describe('matchOf', () => {
  it.each([
    ['chk', 'Check repository'],
    ['repo check', 'Check repository'],
    ['dk', 'Dark'],
    ['prufen', 'Repository prüfen'],
    ['UBER', 'Über Stillframe'],
    ['', 'anything'],
  ])('%j fits %s', (query, text) => expect(matchOf(query, text)).toBeDefined());

  it.each([
    ['xyz', 'Check repository'],
    ['chez moi', 'Check repository'],
    ['check home', 'Check repository'],
  ])('%j does not fit %s', (query, text) => expect(matchOf(query, text)).toBeUndefined());

  it('prefers letters in a row and starts of words', () => {
    expect(best('res', ['Preferences', 'Restore', 'Check repository'])).toBe('Restore');
    expect(best('backup home', ['Back up srv…', 'Back up home…', 'Backup'])).toBe('Back up home…');
    expect(best('back home', ['Back up srv…', 'Back up home…', 'Backup'])).toBe('Back up home…');
    expect(best('cr', ['Check repository', 'Secrets'])).toBe('Check repository');
  });

  it('says which letters fitted', () => {
    expect(matchOf('dk', 'Dark')?.marks).toEqual([0, 3]);
  });

  it('never marks what is not there', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 60 }), (query, text) => {
        const marks = matchOf(query, text)?.marks ?? [];
        const { length } = [...text];
        return marks.every(
          (mark, index) => mark >= 0 && mark < length && (index === 0 || mark > (marks[index - 1] ?? -1)),
        );
      }),
    );
  });
});
