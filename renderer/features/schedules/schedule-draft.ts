/** A schedule while it is edited. */
import { type ScheduleDefinition, scheduleDefinitionSchema } from '#contract';

export type DraftProblem = 'name' | 'taken' | 'time' | 'volumes' | 'delay';

export interface ScheduleDraft {
  definition: ScheduleDefinition;
  /** Whether the volumes that are named count, or the backup domain. */
  which: 'domain' | 'named';
}

const DEFAULTS: Omit<ScheduleDefinition, 'name'> = {
  action: 'backup',
  volumes: [],
  days: [],
  time: '03:30',
  randomDelayMinutes: 0,
  catchUp: true,
  enabled: true,
};

/** One to begin with, under a name that none of `taken` has. */
export function newDraft(taken: readonly string[]): ScheduleDraft {
  let name = 'nightly';
  for (let number = 2; taken.includes(name); number++) name = `nightly-${number}`;
  return { definition: { ...DEFAULTS, name }, which: 'domain' };
}

/** One that exists; what the form does not show is kept. */
export function draftOf(definition: ScheduleDefinition): ScheduleDraft {
  return {
    definition: scheduleDefinitionSchema.parse(definition),
    which: definition.volumes.length > 0 ? 'named' : 'domain',
  };
}

/** What would be saved. */
export function definitionOf({ definition, which }: ScheduleDraft): ScheduleDefinition {
  const isNamed = definition.action === 'backup' && which === 'named';
  return { ...definition, time: wholeTime(definition.time), volumes: isNamed ? definition.volumes : [] };
}

/** `3:30`, `0330` and `330` as `03:30`; what is no such time as it is. */
export function wholeTime(text: string): string {
  const [, hours = '', minutes = ''] = /^\s*(\d{1,2}):?(\d\d)\s*$/.exec(text) ?? [];
  return minutes === '' ? text : `${hours.padStart(2, '0')}:${minutes}`;
}

/** Clocks are put forward over times of the night. */
export function mayBeLeftOut(time: string): boolean {
  return scheduleDefinitionSchema.shape.time.safeParse(time).success && time < '03:00';
}

/** Why it cannot be saved like this; by the field it is about. `others`: names of the other schedules. */
export function problemsOf(draft: ScheduleDraft, others: readonly string[]): ReadonlySet<DraftProblem> {
  const { definition, which } = draft;
  const { name, time, randomDelayMinutes } = scheduleDefinitionSchema.shape;
  const problems = new Set<DraftProblem>();
  if (!name.safeParse(definition.name).success) problems.add('name');
  if (others.includes(definition.name)) problems.add('taken');
  if (!time.safeParse(wholeTime(definition.time)).success) problems.add('time');
  if (!randomDelayMinutes.safeParse(definition.randomDelayMinutes).success) problems.add('delay');
  if (definition.action === 'backup' && which === 'named' && definition.volumes.length === 0) problems.add('volumes');
  return problems;
}
