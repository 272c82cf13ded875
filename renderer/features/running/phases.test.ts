import { expect, it } from 'vitest';
import type { Progress, TaskSnapshot } from '#contract';
import { phaseChips } from './phases.ts';

const progress: Progress = {
  phase: 'store',
  bytesDone: 1,
  bytesTotal: 2,
  readRate: 0,
  storeRate: 0,
  storedBytes: 0,
};
const running: TaskSnapshot = {
  id: '1',
  kind: 'backup',
  subject: '/dev/sda1',
  state: 'running',
  queuedAt: '2026-11-21T00:00:00Z',
  phasesDone: ['plan', 'lock'],
  progress,
  warnings: [],
};
const states = (task: TaskSnapshot) => phaseChips(task).map((chip) => `${chip.name}:${chip.state}`);

it('shows reading and storing as one phase', () => {
  expect(states(running)).toEqual(['plan:done', 'lock:done', 'read + store:now', 'index:ahead', 'release:ahead']);
});

it('marks the phase in which the task failed', () => {
  expect(states({ ...running, state: 'failed' })[2]).toBe('read + store:failed');
});

it('has every phase done at the end', () => {
  expect(states({ ...running, state: 'succeeded' }).every((state) => state.endsWith(':done'))).toBe(true);
});

it('shows the snapshot phase only where there is one', () => {
  expect(states({ ...running, phasesDone: ['plan', 'lock', 'snapshot'] })).toContain('snapshot:done');
});
