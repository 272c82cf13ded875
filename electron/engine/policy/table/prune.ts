/** Options of pruning. */
export const PRUNE_OPTIONS = {} as const;
