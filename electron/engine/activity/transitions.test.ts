import { describe, expect, it } from 'vitest';
import { taskStateSchema } from '#contract';
import { isEnded, TASK_TRANSITIONS, transition } from './transitions.ts';

describe('task transitions', () => {
  const allowed = new Set([
    'queued running',
    'queued cancelled',
    'running cancelling',
    'running succeeded',
    'running failed',
    'running cancelled',
    'cancelling cancelled',
    'cancelling failed',
    'cancelling succeeded',
  ]);

  for (const from of taskStateSchema.options) {
    for (const to of taskStateSchema.options) {
      const expected = allowed.has(`${from} ${to}`);
      it(`${expected ? 'allows' : 'refuses'} ${from} → ${to}`, () => {
        if (expected) expect(transition(from, to)).toBe(to);
        else expect(() => transition(from, to)).toThrow(RangeError);
      });
    }
  }

  it('ends exactly where nothing can follow', () => {
    const ended = taskStateSchema.options.filter(isEnded);
    expect(ended).toEqual(['succeeded', 'failed', 'cancelled']);
  });

  it('reaches every state from queued', () => {
    const reached = new Set(['queued']);
    const walk = (from: keyof typeof TASK_TRANSITIONS): void => {
      for (const to of TASK_TRANSITIONS[from]) {
        if (reached.has(to)) continue;
        reached.add(to);
        walk(to);
      }
    };
    walk('queued');
    expect([...reached].sort()).toEqual([...taskStateSchema.options].sort());
  });
});
