/** Options that choose among images: point in time, versions, formats of dates. */
export const QUERY_OPTIONS = {} as const;
