/** The phases of a task as chips. The row is fixed from the start, so that nothing moves while it runs. */
import type { Phase, TaskSnapshot } from '#contract';
import type { PhaseChip } from '../../components/PhaseChips.tsx';
import { PHASE_WORDS } from '../../i18n/words.ts';

const USUAL = {
  backup: ['plan', 'lock', 'snapshot', 'read', 'index', 'release'],
  restore: ['plan', 'lock', 'write', 'verify', 'release'],
  check: ['plan', 'lock', 'read', 'release'],
} as const satisfies Record<TaskSnapshot['kind'], readonly Phase[]>;

/** Reading and storing overlap: they are one chip. */
function shownAs(phase: Phase): Phase {
  return phase === 'store' ? 'read' : phase;
}

function isShown(task: TaskSnapshot, phase: Phase): boolean {
  // Without a provider there is no snapshot to take; the chip appears only if the engine says that it did.
  if (phase !== 'snapshot') return true;
  return task.phasesDone.includes('snapshot') || task.progress?.phase === 'snapshot';
}

export function phaseChips(task: TaskSnapshot): PhaseChip[] {
  const now = task.progress ? shownAs(task.progress.phase) : undefined;
  const done = new Set(task.phasesDone.map(shownAs));
  const stopped = task.state === 'failed' || task.state === 'cancelled';
  return USUAL[task.kind]
    .filter((phase) => isShown(task, phase))
    .map((phase) => {
      const name = task.kind === 'check' && phase === 'read' ? 'read' : PHASE_WORDS[phase];
      if (task.state === 'succeeded') return { name, state: 'done' };
      if (phase === now) return { name, state: stopped ? 'failed' : 'now' };
      return { name, state: done.has(phase) ? 'done' : 'ahead' };
    });
}
