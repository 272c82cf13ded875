/** Sentences about retention. */
export const retention: Readonly<Record<string, string>> = {};
