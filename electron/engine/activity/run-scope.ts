/** Which run the code that is executing now belongs to, so that log lines find their run without being told. */
import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<string>();

/** Calls `work` as a part of run `id`, with everything that it starts. */
export function inRun<T>(id: string, work: () => T): T {
  return scope.run(id, work);
}

/** Id of the run that is executing; `undefined` outside of all. */
export function runOfNow(): string | undefined {
  return scope.getStore();
}
