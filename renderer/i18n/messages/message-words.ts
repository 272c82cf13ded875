/** What a message means and what to do, in a language other than that of the catalogue. */
export interface MessageWords {
  readonly explanation: string;
  readonly userAction: string;
}

/** Messages of an area, by id. */
export type MessageWordsById = Readonly<Record<string, MessageWords>>;
