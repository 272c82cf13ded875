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
  command: 'stillframe backup image /dev/sdb1',
  hasBlocks: false,
};
const states = (task: TaskSnapshot) => phaseChips(task).map((chip) => `${chip.name}:${chip.state}`);

it('shows reading and storing as one phase', () => {
  const expected = ['plan:done', 'lock:done', 'quiesce:ahead', 'read + store:now', 'release:ahead', 'index:ahead'];
  expect(states(running)).toEqual(expected);
  expect(states({ ...running, progress: { ...progress, phase: 'read' } })).toEqual(expected);
});

it('marks the phase in which the task failed', () => {
  expect(states({ ...running, state: 'failed' })).toContain('read + store:failed');
});

it('has every phase done at the end', () => {
  expect(states({ ...running, state: 'succeeded' }).every((state) => state.endsWith(':done'))).toBe(true);
});

it('leaves out the plan where the engine makes none', () => {
  expect(states({ ...running, phasesDone: ['lock'] })[0]).toBe('lock:done');
});

it('never moves: the chips are the same from start to end', () => {
  const names = (task: TaskSnapshot) => phaseChips(task).map((chip) => chip.name);
  expect(names({ ...running, state: 'succeeded' })).toEqual(names(running));
});
