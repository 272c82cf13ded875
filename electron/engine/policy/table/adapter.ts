/** Options of the XML adapter. */
export const ADAPTER_OPTIONS = {} as const;
