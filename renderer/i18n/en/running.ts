export const running = {} as const;
