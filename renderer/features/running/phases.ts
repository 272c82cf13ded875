/** The phases of a task as chips. The row is fixed from the start, so that nothing moves while it runs. */
import type { Phase, TaskSnapshot } from '#contract';
import type { PhaseChip } from '../../components/PhaseChips.tsx';
import { PHASE_WORDS } from '../../i18n/words.ts';

/** In the order in which the engine goes through them. */
const USUAL = {
  backup: ['lock', 'snapshot', 'store', 'release', 'index'],
  restore: ['plan', 'write', 'verify'],
  check: ['verify'],
  expire: ['lock', 'plan', 'expire', 'repack', 'index', 'delete'],
  prune: ['lock', 'plan', 'repack', 'index', 'delete'],
} as const satisfies Record<TaskSnapshot['kind'], readonly Phase[]>;

/** Reading and storing overlap: they are one chip. */
function shownAs(phase: Phase): Phase {
  return phase === 'read' ? 'store' : phase;
}

/** The usual phases; what else the engine goes through (a plan before a backup) comes before them. */
function shownPhases(task: TaskSnapshot, now: Phase | undefined): Phase[] {
  const usual: readonly Phase[] = USUAL[task.kind];
  const more = [...task.phasesDone.map(shownAs), ...(now ? [now] : [])].filter((phase) => !usual.includes(phase));
  return [...new Set(more), ...usual];
}

export function phaseChips(task: TaskSnapshot): PhaseChip[] {
  const now = task.progress ? shownAs(task.progress.phase) : undefined;
  const done = new Set(task.phasesDone.map(shownAs));
  const stopped = task.state === 'failed' || task.state === 'cancelled';
  return shownPhases(task, now).map((phase) => {
    const name = PHASE_WORDS[phase];
    if (task.state === 'succeeded') return { name, state: 'done' };
    if (phase === now) return { name, state: stopped ? 'failed' : 'now' };
    return { name, state: done.has(phase) ? 'done' : 'ahead' };
  });
}
