import { describe, expect, it } from 'vitest';
import { MENU_LANGUAGES } from '#contract';
import { leaveAnswer, leaveQuestion } from './leave-question.ts';

describe('the question before running tasks are stopped', () => {
  it.each(MENU_LANGUAGES)('keeps running on Return and goes back on Escape (%s)', (language) => {
    for (const leaving of ['window', 'program'] as const) {
      const { buttons, defaultId, cancelId } = leaveQuestion(leaving, 2, language);
      expect(new Set(buttons).size).toBe(3);
      expect(leaveAnswer(defaultId)).toBe('tray');
      expect(leaveAnswer(cancelId)).toBe('back');
      expect(buttons.map((_, index) => leaveAnswer(index))).toEqual(['tray', 'stop', 'back']);
    }
  });

  it('says how many run, and what stopping costs', () => {
    expect(leaveQuestion('window', 1, 'en').message).toBe('A task is still running.');
    expect(leaveQuestion('window', 3, 'de').message).toBe('3 Tasks laufen noch.');
    expect(leaveQuestion('program', 3, 'en').detail).toContain('a target that cannot be used');
    expect(leaveQuestion('program', 1, 'en').buttons[1]).toBe('Stop and quit');
  });

  it.each([-1, 3, Number.NaN])('takes an unknown button (%d) as going back', (response) =>
    expect(leaveAnswer(response)).toBe('back'),
  );
});
