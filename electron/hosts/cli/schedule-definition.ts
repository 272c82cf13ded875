/** Schedules as the command line names them. */
import { resolve } from 'node:path';
import type { Schedule, ScheduleDefinition } from '#contract';
import { scheduleDefinitionSchema } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import type { OptionName } from '#engine/policy/options.ts';
import type { CommandContext } from './command-context.ts';

type Given = Pick<CommandContext, 'operands' | 'options'>;

/** Throws `SCHEDULE_INVALID` for a name that no unit could have. */
function nameOf({ operands }: Given): string {
  const [name = ''] = operands;
  if (scheduleDefinitionSchema.shape.name.safeParse(name).success) return name;
  throw new EngineError('SCHEDULE_INVALID', {
    schedule: name,
    reason: `“${name}” is no name for a schedule.`,
    remedy: 'Use 1 to 32 small letters, digits and hyphens, no hyphen first or last.',
  });
}

/** The run starts elsewhere, so a name that is not whole is meant from here. */
function volumesOf({ operands }: Given): string[] {
  return operands.slice(1).map((volume) => resolve(volume));
}

/** A new one, of what was said and the defaults. */
export function newDefinition(given: Given): ScheduleDefinition {
  const { action, time, days, randomdelay, catchup, enabled, passwordfile } = given.options.values;
  const volumes = volumesOf(given);
  if (action !== 'backup' && volumes.length > 0) throw noVolumes(given.operands[0], action);
  const { from } = given.options.sources.passwordfile;
  // What the options file names, the run finds there itself.
  const named = from === 'command' || from === 'environment' ? passwordfile : undefined;
  return {
    name: nameOf(given),
    action,
    volumes,
    days: [...days],
    time,
    randomDelayMinutes: randomdelay,
    catchUp: catchup,
    enabled,
    ...(named === undefined ? {} : { passwordFile: named }),
  };
}

/** One that exists, with what was said for this command. */
export function changedDefinition(before: ScheduleDefinition, given: Given): ScheduleDefinition {
  const said = (option: OptionName): boolean => given.options.sources[option].from === 'command';
  const wanted = newDefinition({ ...given, options: withAction(before, given) });
  return {
    ...before,
    ...(said('action') ? { action: wanted.action } : {}),
    ...(wanted.volumes.length > 0 ? { volumes: wanted.volumes } : {}),
    ...(said('days') ? { days: wanted.days } : {}),
    ...(said('time') ? { time: wanted.time } : {}),
    ...(said('randomdelay') ? { randomDelayMinutes: wanted.randomDelayMinutes } : {}),
    ...(said('catchup') ? { catchUp: wanted.catchUp } : {}),
    ...(said('enabled') ? { enabled: wanted.enabled } : {}),
    ...(said('passwordfile') && wanted.passwordFile !== undefined ? { passwordFile: wanted.passwordFile } : {}),
    ...(said('repository') && given.options.values.repository !== undefined
      ? { repository: given.options.values.repository }
      : {}),
  };
}

function withAction({ action }: ScheduleDefinition, { options }: Given): Given['options'] {
  if (options.sources.action.from === 'command') return options;
  return { ...options, values: { ...options.values, action } };
}

function noVolumes(schedule: string | undefined, action: string): EngineError {
  return new EngineError('SCHEDULE_INVALID', {
    schedule: schedule ?? '',
    reason: `A schedule with -action=${action} is about the whole repository, so it takes no volumes.`,
    remedy: 'Leave the volumes out, or use -action=backup.',
  });
}

/** The definition in what is known of a schedule. */
export function definitionOf(schedule: Schedule): ScheduleDefinition {
  return scheduleDefinitionSchema.parse(schedule);
}

/** Throws `SCHEDULE_NOT_FOUND`. */
export function scheduleNamed(schedules: readonly Schedule[], name: string): Schedule {
  const found = schedules.find((one) => one.name === name);
  if (found === undefined) throw new EngineError('SCHEDULE_NOT_FOUND', { schedule: name });
  return found;
}
