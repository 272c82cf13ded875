import { describe, expect, it } from 'vitest';
import type { ScheduleDefinition } from '#contract';
import {
  definitionOf,
  draftOf,
  mayBeLeftOut,
  newDraft,
  problemsOf,
  type ScheduleDraft,
  wholeTime,
} from './schedule-draft.ts';

const with_ = (changes: Partial<ScheduleDefinition>, which: ScheduleDraft['which'] = 'domain'): ScheduleDraft => ({
  definition: { ...newDraft([]).definition, ...changes },
  which,
});

describe('a draft', () => {
  it('begins under a free name, and can be saved as it is', () => {
    expect(newDraft([]).definition.name).toBe('nightly');
    const draft = newDraft(['nightly', 'nightly-2']);
    expect(draft.definition.name).toBe('nightly-3');
    expect([...problemsOf(draft, ['nightly', 'nightly-2'])]).toEqual([]);
  });

  it('keeps what the form does not show', () => {
    const definition: ScheduleDefinition = {
      ...newDraft([]).definition,
      volumes: ['/home'],
      repository: '/elsewhere',
      passwordFile: '/secret',
    };
    const draft = draftOf(definition);
    expect(draft.which).toBe('named');
    expect(definitionOf(draft)).toEqual(definition);
  });

  it('names volumes only where they count', () => {
    expect(definitionOf(with_({ volumes: ['/home'] }, 'named')).volumes).toEqual(['/home']);
    expect(definitionOf(with_({ volumes: ['/home'] }, 'domain')).volumes).toEqual([]);
    expect(definitionOf(with_({ volumes: ['/home'], action: 'check' }, 'named')).volumes).toEqual([]);
  });

  it.each([
    [{ name: 'Nightly' }, 'name'],
    [{ name: '-x' }, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'other' }, 'taken'],
    [{ time: '' }, 'time'],
    [{ randomDelayMinutes: 2000 }, 'delay'],
    [{ randomDelayMinutes: 1.5 }, 'delay'],
  ] as const)('%j has the problem %s', (changes, problem) => {
    expect([...problemsOf(with_(changes), ['other'])]).toEqual([problem]);
  });

  it.each([
    ['3:30', '03:30'],
    ['330', '03:30'],
    [' 2359 ', '23:59'],
    ['03:30', '03:30'],
    ['3', '3'],
    ['half past', 'half past'],
  ])('reads the time %j as %s', (typed, time) => {
    expect(wholeTime(typed)).toBe(time);
    // While it is still typed, too.
    expect(definitionOf(with_({ time: typed })).time).toBe(time);
  });

  it('warns of times over which clocks are put forward', () => {
    expect(['00:00', '02:59', '03:00', '12:00', ''].map(mayBeLeftOut)).toEqual([true, true, false, false, false]);
  });

  it('needs a volume where volumes are to be named', () => {
    expect([...problemsOf(with_({}, 'named'), [])]).toEqual(['volumes']);
    expect([...problemsOf(with_({ action: 'expire' }, 'named'), [])]).toEqual([]);
  });
});
