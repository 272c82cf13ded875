/** The one place where React meets the stores. */
import { createContext, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Stores } from './create-stores.ts';

const StoresContext = createContext<Stores | null>(null);

export const StoresProvider = StoresContext.Provider;

/** The stores of this window. Throws outside of `StoresProvider`. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error('useStores needs a StoresProvider around it.');
  return stores;
}

type StateOf<K extends Exclude<keyof Stores, 'client' | 'refresh' | 'refreshVolumes' | 'start'>> = ReturnType<
  Stores[K]['getState']
>;
type StoreName = Exclude<keyof Stores, 'client' | 'refresh' | 'refreshVolumes' | 'start'>;

/** One value of one store; the component renders again when it changes. */
export function useValue<K extends StoreName, T>(name: K, select: (state: StateOf<K>) => T): T {
  const store = useStores()[name] as unknown as {
    getState(): StateOf<K>;
    getInitialState(): StateOf<K>;
    subscribe(listener: (state: StateOf<K>, previous: StateOf<K>) => void): () => void;
  };
  return useStore(store, select);
}

/** The present time, renewed every half minute, for relative times. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
