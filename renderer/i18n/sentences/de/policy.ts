/** Sentences about policy. */
export const policy: Readonly<Record<string, string>> = {};
