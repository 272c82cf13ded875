/** Sentences about logs. */
export const logs: Readonly<Record<string, string>> = {};
