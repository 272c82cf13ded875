/** What runs by itself: definitions, the timers made of them, and when they ran last. */
import { dirname, isAbsolute } from 'node:path';
import {
  type RunSummary,
  type Schedule,
  type ScheduleDefinition,
  type ScheduleSupport,
  scheduleDefinitionSchema,
} from '#contract';
import { EngineError, toEngineError } from '../base/errors.ts';
import type { EngineSchedules } from '../engine.ts';
import type { Ports, Scheduling } from '../ports.ts';
import { cronLine, cronText } from '../schedules/cron-text.ts';
import { crontabLines, stateInCrontab } from '../schedules/crontab.ts';
import { holdDefinitions, readDefinitions } from '../schedules/definitions.ts';
import { install, installedState, uninstall, unitPaths } from '../schedules/installation.ts';
import { scheduledArguments, scheduledCommandText } from '../schedules/launch.ts';
import { nextRun } from '../schedules/next-run.ts';
import { type FoundSystemd, findSystemd, type Systemd } from '../schedules/systemd.ts';
import { unitTexts } from '../schedules/unit-text.ts';
import { assertWritable } from '../schedules/words.ts';
import { type PlannedBackup, plannedBackups } from './planned-runs.ts';
import { claimSchedule } from './schedule-claim.ts';

/** Bytes of a command line that are certain to be taken by the kernel, with room for its environment. */
const LONGEST_COMMAND = 100_000;
const NO_SCHEDULING = 'This program was started without a way to schedule.';

export interface ScheduleSources {
  /** The newest run that the schedule started. */
  lastRun(schedule: string): Promise<RunSummary | undefined>;
  /** Names the schedule that starts the runs from now on. */
  startedBy(schedule: string | undefined): void;
  /** The repository of this engine, and the one that a run takes that is told nothing. */
  repositories(): Promise<{ open: string; usual: string }>;
}

type Known = Pick<Ports, 'clock' | 'directories' | 'scheduling' | 'random' | 'logger'>;

export class ScheduleService implements EngineSchedules {
  readonly #ports: Known;
  readonly #sources: ScheduleSources;

  constructor(ports: Known, sources: ScheduleSources) {
    this.#ports = ports;
    this.#sources = sources;
  }

  async list(): Promise<{ schedules: Schedule[]; support: ScheduleSupport }> {
    const definitions = await readDefinitions(this.#ports.directories.config);
    if (this.#ports.scheduling === undefined) {
      const schedules = await Promise.all(definitions.map((one) => this.#describe(one, undefined, [])));
      return { schedules, support: { systemd: 'none', reason: NO_SCHEDULING } };
    }
    const { systemd, support } = await this.#find();
    const crontab = systemd === undefined && definitions.length > 0 ? await this.#crontab() : [];
    const schedules = await Promise.all(definitions.map((one) => this.#describe(one, systemd, crontab)));
    return { schedules, support };
  }

  /** Backups into the repository of this engine that something will start. */
  async plannedBackups(): Promise<PlannedBackup[]> {
    const { schedules } = await this.list();
    const { open, usual } = await this.#sources.repositories();
    return plannedBackups(schedules, (repository = usual) => repository === open);
  }

  async save(given: ScheduleDefinition): Promise<Schedule> {
    const definition = await this.#checked(given);
    const { systemd } = await this.#find();
    const scheduling = this.#scheduling();
    await using held = await holdDefinitions(this.#ports.directories.config);
    const others = held.all.filter(({ name }) => name !== definition.name);
    // First: what is installed without being defined would be seen by nobody.
    await held.write([...others, definition]);
    try {
      if (systemd !== undefined && definition.enabled) {
        await install(systemd, definition.name, unitTexts(definition, scheduling, systemd.scope));
      } else if (systemd !== undefined) await uninstall(systemd, definition.name);
    } catch (error) {
      // Why it failed, and what is left behind, must be told in any case; a definition that stays is seen as not installed.
      await held.write(held.all).catch(() => undefined);
      throw withName(error, definition.name);
    }
    return this.#describe(definition, systemd, systemd === undefined ? await this.#crontab() : []);
  }

  async remove(name: string): Promise<void> {
    const { name: nameSchema } = scheduleDefinitionSchema.shape;
    if (!nameSchema.safeParse(name).success) throw new EngineError('SCHEDULE_NOT_FOUND', { schedule: name });
    const { systemd, files } = await this.#find();
    await using held = await holdDefinitions(this.#ports.directories.config);
    const others = held.all.filter((one) => one.name !== name);
    const isDefined = others.length < held.all.length;
    let wasInstalled = false;
    try {
      // Also where no systemd runs now: it may have once, and may again.
      wasInstalled = await uninstall(systemd ?? files, name);
    } catch (error) {
      // A unit that is not ours is no reason to keep our definition.
      const isForeign = error instanceof EngineError && error.code === 'SCHEDULE_INVALID';
      if (!isForeign || !isDefined) throw withName(error, name);
    }
    if (isDefined) await held.write(others);
    else if (!wasInstalled) throw new EngineError('SCHEDULE_NOT_FOUND', { schedule: name });
  }

  async claim(name: string): Promise<AsyncDisposable | undefined> {
    const claim = await claimSchedule(this.#ports, name);
    if (claim === undefined) return undefined;
    this.#sources.startedBy(name);
    return {
      [Symbol.asyncDispose]: async () => {
        this.#sources.startedBy(undefined);
        await claim[Symbol.asyncDispose]();
      },
    };
  }

  async preview(given: ScheduleDefinition): Promise<{ files: { path: string; text: string }[]; cron: string }> {
    const definition = await this.#checked(given);
    const scheduling = this.#scheduling();
    const { files } = await this.#find();
    const paths = unitPaths(files, definition.name);
    const { service, timer } = unitTexts(definition, scheduling, files.scope);
    return {
      files: [
        { path: paths.service, text: service },
        { path: paths.timer, text: timer },
      ],
      cron: cronText(definition, scheduling),
    };
  }

  get #configHome(): string {
    return dirname(this.#ports.directories.config);
  }

  #scheduling(): Scheduling {
    const { scheduling } = this.#ports;
    if (scheduling !== undefined) return scheduling;
    throw new EngineError('SCHEDULE_UNAVAILABLE', { reason: NO_SCHEDULING });
  }

  async #find(): Promise<FoundSystemd> {
    return findSystemd(this.#scheduling(), this.#configHome);
  }

  async #crontab(): Promise<string[]> {
    const { scheduling } = this.#ports;
    return scheduling === undefined ? [] : crontabLines(scheduling.root);
  }

  /** Throws `SCHEDULE_INVALID` for what no timer could be made of. */
  async #checked(given: ScheduleDefinition): Promise<ScheduleDefinition> {
    const { data, error } = scheduleDefinitionSchema.safeParse(given);
    if (data === undefined) {
      const field = error.issues[0]?.path.join('.') ?? '';
      throw invalid(given.name, `The schedule cannot be used (${field}).`);
    }
    const volumes = data.action === 'backup' ? [...new Set(data.volumes)] : [];
    const days = scheduleDefinitionSchema.shape.days.element.options.filter((day) => data.days.includes(day));
    const { open, usual } = await this.#sources.repositories();
    const repository = data.repository ?? (open === usual ? undefined : open);
    const definition = { ...data, volumes, days, ...(repository === undefined ? {} : { repository }) };
    for (const volume of volumes) {
      assertWritable(volume);
      if (!isAbsolute(volume)) throw invalid(data.name, `${volume} is not a whole path, so it would not be found.`);
    }
    if (data.passwordFile !== undefined && !isAbsolute(data.passwordFile)) {
      throw invalid(data.name, `${data.passwordFile} is not a whole path, so it would not be found.`);
    }
    for (const text of [repository, data.passwordFile]) if (text !== undefined) assertWritable(text);
    const length = Buffer.byteLength(scheduledArguments(definition).join(' '));
    if (length > LONGEST_COMMAND) {
      throw invalid(data.name, 'The volumes together have longer names than a command line takes.');
    }
    return definition;
  }

  async #describe(
    definition: ScheduleDefinition,
    systemd: Systemd | undefined,
    crontab: readonly string[],
  ): Promise<Schedule> {
    const last = await this.#sources.lastRun(definition.name);
    const { state, timer } = await this.#state(definition, systemd, crontab);
    const next =
      definition.enabled && timer
        ? nextRun(definition, this.#ports.clock.now(), this.#scheduling().timeZone)
        : undefined;
    return {
      ...definition,
      startedBy: systemd === undefined ? 'cron' : 'systemd',
      state,
      command: scheduledCommandText(definition),
      ...(next === undefined ? {} : { nextRun: new Date(next).toISOString() }),
      ...(last === undefined ? {} : { lastRun: last.startedAt, lastState: last.state }),
    };
  }

  /** `timer`: what says when is installed as defined. */
  async #state(
    definition: ScheduleDefinition,
    systemd: Systemd | undefined,
    crontab: readonly string[],
  ): Promise<{ state: Schedule['state']; timer: boolean }> {
    const { scheduling } = this.#ports;
    if (scheduling === undefined) return { state: 'missing', timer: false };
    try {
      if (systemd !== undefined) {
        const wanted = definition.enabled ? unitTexts(definition, scheduling, systemd.scope) : undefined;
        return await installedState(systemd, definition.name, wanted);
      }
      const state = stateInCrontab(crontab, definition.name, cronLine(definition, scheduling));
      return { state, timer: state === 'installed' };
    } catch (error) {
      // Somebody put into the file by hand what no unit can hold.
      if (error instanceof EngineError && error.code === 'SCHEDULE_INVALID') return { state: 'missing', timer: false };
      throw error;
    }
  }
}

function invalid(schedule: string, reason: string): EngineError {
  return new EngineError('SCHEDULE_INVALID', { schedule, reason });
}

function withName(cause: unknown, schedule: string): EngineError {
  const { code, details } = toEngineError(cause);
  return new EngineError(code, { schedule, ...details }, { cause });
}
