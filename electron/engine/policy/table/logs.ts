/** Options of the error log. */
export const LOGS_OPTIONS = {} as const;
