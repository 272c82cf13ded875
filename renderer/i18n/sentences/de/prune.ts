/** Sentences about prune. */
export const prune: Readonly<Record<string, string>> = {};
