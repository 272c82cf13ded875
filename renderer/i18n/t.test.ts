import { describe, expect, it } from 'vitest';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { t } from './t.ts';

/** Every path to a text below `texts`. */
function paths(texts: object, before = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${before}${key}`] : paths(value as object, `${before}${key}.`),
  );
}

/** The values that a text is filled with. */
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? '').sort();

function textAt(texts: object, path: string): string {
  return path.split('.').reduce<unknown>((at, key) => Reflect.get(at as object, key), texts) as string;
}

describe('texts', () => {
  it('have the same keys and the same values to fill in in every language', () => {
    expect(paths(de).sort()).toEqual(paths(en).sort());
    for (const path of paths(en))
      expect([path, placeholders(textAt(de, path))]).toEqual([path, placeholders(textAt(en, path))]);
  });

  it('are never empty', () => {
    for (const texts of [en, de])
      for (const path of paths(texts)) expect([path, textAt(texts, path)]).not.toEqual([path, '']);
  });

  it('count', () => {
    expect(t('volumes', { count: 1 })).toBe('1 volume');
    expect(t('common:volumes', { count: 3 })).toBe('3 volumes');
  });
});
