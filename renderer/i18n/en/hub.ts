export const hub = {} as const;
