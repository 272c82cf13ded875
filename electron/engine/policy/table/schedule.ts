/** Options of schedules. */
export const SCHEDULE_OPTIONS = {} as const;
