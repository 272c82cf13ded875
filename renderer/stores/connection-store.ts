/** Whether the engine answers. */
import { createStore } from 'zustand/vanilla';
import type { Connection, ConnectionState } from '../transport/connection.ts';

export interface ConnectionStoreState {
  connection: ConnectionState;
  retryNow(): void;
}

export function createConnectionStore(connection: Connection) {
  const store = createStore<ConnectionStoreState>()(() => ({
    connection: connection.state(),
    retryNow: () => connection.retryNow(),
  }));
  connection.onState((state) => store.setState({ connection: state }));
  return store;
}
