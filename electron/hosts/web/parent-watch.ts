/** Notices that the process that started us is gone, so that no host is left behind without a window. */
import { fstatSync } from 'node:fs';

/** How often the parent is looked at where standard input says nothing, milliseconds. */
const POLL_MS = 1000;

/** What is watched; the defaults are this process's own. */
export interface ParentWatchOptions {
  stdin?: NodeJS.ReadableStream & { fd: number };
  /** Present parent's process id. */
  parentId?: () => number;
  pollMs?: number;
}

/**
 * Calls `onGone` once: when standard input ends (where it is a pipe or socket that a parent holds; the end of
 * /dev/null or a file means nothing), or when the parent's process id changes because the kernel gave us to another.
 */
export function watchParent(onGone: () => void, options: ParentWatchOptions = {}): Disposable {
  const { stdin = process.stdin, parentId = () => process.ppid, pollMs = POLL_MS } = options;
  const parent = parentId();
  const watched = isHeldByParent(stdin.fd);

  const stop = (): void => {
    clearInterval(timer);
    stdin.off('end', gone).off('close', gone).off('error', gone);
    if (watched) stdin.pause();
  };
  const gone = (): void => {
    stop();
    onGone();
  };
  const timer = setInterval(() => {
    if (parentId() !== parent) gone();
  }, pollMs);
  timer.unref();
  if (watched) stdin.on('end', gone).on('close', gone).on('error', gone).resume();
  return { [Symbol.dispose]: stop };
}

function isHeldByParent(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    // Started without standard input at all: there is nothing to watch.
    return false;
  }
}
