/** Options of management classes and expiration. */
export const POLICY_OPTIONS = {} as const;
