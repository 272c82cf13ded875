/** The progress of a task as one line of a terminal. */
import type { Phase, Progress, SnapshotFill } from '#contract';
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
  expire: 'expiring',
  repack: 'repacking',
  delete: 'deleting',
  release: 'releasing',
};

const BAR = { minimum: 10, maximum: 40 };

/** Widths that the figures never exceed, so that nothing moves while they grow. */
const WIDTH = { phase: 9, bytes: 8, rate: 10, left: 14 };

function fillPercent({ usedBytes, totalBytes }: SnapshotFill): number {
  return totalBytes === 0 ? 0 : Math.min(100, Math.ceil((usedBytes / totalBytes) * 100));
}

/** Fits into `columns`: phase, bar, share, bytes, rate, time left. A phase without a known amount shows its name only. */
export function progressLine(progress: Progress, columns: number): string {
  const { phase, bytesDone, bytesTotal, readRate, etaSeconds, snapshot } = progress;
  // One column stays free: a full line would make some terminals wrap.
  const room = columns - 1;
  if (bytesTotal === 0) return `${PHASES[phase]}…`.slice(0, Math.max(0, room));
  const share = Math.min(1, bytesDone / bytesTotal);
  const head = PHASES[phase].padEnd(WIDTH.phase);
  const left = etaSeconds ? `${formatEta(etaSeconds)} left` : 'estimating…';
  const parts = [
    `${String(Math.floor(share * 100)).padStart(3)} %`,
    `${formatBytes(bytesDone).padStart(WIDTH.bytes)} of ${formatBytes(bytesTotal)}`,
    formatRate(readRate).padStart(WIDTH.rate),
    left.padEnd(WIDTH.left),
    ...(snapshot ? [`snapshot ${String(fillPercent(snapshot)).padStart(3)} % full`] : []),
  ];
  while (parts.length > 1 && head.length + parts.join('  ').length + 1 > room) parts.pop();
  const tail = parts.join('  ');
  const free = Math.min(BAR.maximum, room - head.length - tail.length - 4);
  if (free < BAR.minimum) return `${head} ${tail}`.trimEnd().slice(0, Math.max(0, room));
  const filled = Math.round(share * free);
  return `${head} [${'='.repeat(filled)}${' '.repeat(free - filled)}] ${tail}`.trimEnd();
}
