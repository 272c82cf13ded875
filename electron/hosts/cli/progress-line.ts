/** The progress of a task as one line of a terminal. */
import type { Phase, Progress } from '#contract';
import { formatBytes, formatEta, formatRate } from './figures.ts';

const PHASES: Record<Phase, string> = {
  plan: 'planning',
  lock: 'locking',
  snapshot: 'snapshot',
  read: 'reading',
  store: 'storing',
  verify: 'verifying',
  write: 'writing',
  index: 'indexing',
  release: 'releasing',
};

const BAR = { minimum: 10, maximum: 40 };

/** Fits into `columns`: phase, bar, share, bytes, rate, time left. */
export function progressLine(progress: Progress, columns: number): string {
  const { phase, bytesDone, bytesTotal, readRate, etaSeconds } = progress;
  const share = bytesTotal === 0 ? 0 : Math.min(1, bytesDone / bytesTotal);
  const head = PHASES[phase].padEnd(9);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  const left = etaSeconds ? `${formatEta(etaSeconds)} left` : 'estimating…';
  const parts = [`${percent} %`, `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`, formatRate(readRate), left];
  // One column stays free: a full line would make some terminals wrap.
  const room = columns - 1;
  while (parts.length > 1 && head.length + parts.join('  ').length + 1 > room) parts.pop();
  const tail = parts.join('  ');
  const free = Math.min(BAR.maximum, room - head.length - tail.length - 5);
  if (free < BAR.minimum) return `${head} ${tail}`.slice(0, Math.max(0, room));
  const filled = Math.round(share * free);
  return `${head} [${'='.repeat(filled)}${' '.repeat(free - filled)}] ${tail}`;
}
