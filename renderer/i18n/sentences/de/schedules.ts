/** Sentences about schedules. */
export const schedules: Readonly<Record<string, string>> = {};
