/** What is in force of the options that only the window heeds; empty until they are known. */

interface ValuesState {
  values?: unknown;
}

/** Values by option name, out of whatever store of preferences this window has. */
export function preferenceValues(stores: object): Readonly<Record<string, string>> {
  const store: unknown = Reflect.get(stores, 'preferences');
  if (typeof store !== 'object' || store === null || !('getState' in store)) return {};
  const { getState } = store;
  if (typeof getState !== 'function') return {};
  const { values } = getState() as ValuesState;
  if (typeof values !== 'object' || values === null) return {};
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'));
}
