/** Tables of words whose texts follow the language: they are looked up when they are read. */
import { i18next } from './instance.ts';

/** A table whose word for `key` is the text `words:<group>.<key>`. */
export function wordTable<const K extends string>(group: string, keys: readonly K[]): Readonly<Record<K, string>> {
  const table = {};
  for (const key of keys) {
    Object.defineProperty(table, key, { enumerable: true, get: () => i18next.t(`words:${group}.${key}` as never) });
  }
  return table as Record<K, string>;
}
