/** What a family's main header turns out to be, whatever the bytes are. */

/**
 * The header, parsed, under the name of its kind; or why these bytes are none: `foreign` = another thing altogether,
 * `damaged` = it once was one, with a clause that says what is wrong.
 */
export type HeaderReading<Kind extends string, Header> =
  | ({ kind: Kind } & Readonly<Record<Kind, Header>>)
  | { kind: 'foreign' }
  | { kind: 'damaged'; reason: string };
