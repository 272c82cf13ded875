/** Schedules answered from canned data: each state, with and without timers. */
import { setTimeout } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { contract, type Schedule, type ScheduleDefinition, type ScheduleSupport } from '#contract';
import { fail } from './fixture-backup.ts';

const os = implement(contract);
const HOUR_MS = 3_600_000;
const PROGRAM = ['/usr/lib/stillframe/node', '/usr/lib/stillframe/stillframe.mjs'];

const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

const TIMERS: ScheduleSupport = { systemd: 'system', reason: '' };
const NO_TIMERS: ScheduleSupport = {
  systemd: 'none',
  reason: 'systemd does not run on this computer, so nothing starts a schedule unless cron does.',
};

function argumentsOf({ name, action, volumes }: ScheduleDefinition): string[] {
  const verb = { backup: 'backup image', check: 'check', checkData: 'check -readdata', expire: 'expire' }[action];
  const operands = action === 'backup' && volumes.length > 0 ? ['--', ...volumes] : [];
  return [...verb.split(' '), `-scheduled=${name}`, '-quiet', ...operands];
}

const commandOf = (definition: ScheduleDefinition): string =>
  argumentsOf(definition)
    .map((word) => (word.includes(' ') ? `'${word}'` : word))
    .join(' ');

const base = { days: [], time: '03:30', randomDelayMinutes: 0, catchUp: true, enabled: true, volumes: [] };

function canned(systemd: boolean): Schedule[] {
  const startedBy = systemd ? 'systemd' : 'cron';
  const definitions: (ScheduleDefinition & Partial<Schedule>)[] = [
    {
      ...base,
      name: 'nightly',
      action: 'backup',
      randomDelayMinutes: 30,
      nextRun: inHours(6),
      lastRun: inHours(-18),
      lastState: 'succeeded',
    },
    {
      ...base,
      name: 'databases',
      action: 'backup',
      volumes: ['/dev/mapper/vg0-mail', '/srv/machines/build server.img'],
      days: ['mon', 'wed', 'fri'],
      time: '12:15',
      state: systemd ? 'changed' : 'missing',
      lastRun: inHours(-43),
      lastState: 'failed',
    },
    { ...base, name: 'sunday-check', action: 'checkData', days: ['sun'], time: '05:00', nextRun: inHours(80) },
    { ...base, name: 'expire', action: 'expire', enabled: false, state: 'missing' },
  ];
  return definitions.map((one) => ({
    startedBy,
    state: 'installed',
    command: `stillframe ${commandOf(one)}`,
    ...one,
  }));
}

export function scheduleAnswers({ empty, systemd }: { empty: boolean; systemd: boolean }) {
  let schedules = empty ? [] : canned(systemd);
  return {
    list: os.schedules.list.handler(async () => {
      await setTimeout(150);
      return { schedules, support: systemd ? TIMERS : NO_TIMERS };
    }),
    save: os.schedules.save.handler(async ({ input }) => {
      await setTimeout(400);
      if (input.name === 'refused') {
        fail('SCHEDULE_UNAVAILABLE', {
          schedule: input.name,
          reason: 'systemctl enable failed: Failed to connect to bus: Connection refused',
          remedy: 'Look at “systemctl status” and the journal, then save the schedule again.',
        });
      }
      const saved: Schedule = {
        ...input,
        startedBy: systemd ? 'systemd' : 'cron',
        state: systemd && input.enabled ? 'installed' : 'missing',
        command: `stillframe ${commandOf(input)}`,
        ...(systemd && input.enabled ? { nextRun: inHours(9) } : {}),
      };
      schedules = [...schedules.filter(({ name }) => name !== input.name), saved];
      return saved;
    }),
    remove: os.schedules.remove.handler(async ({ input }) => {
      await setTimeout(300);
      schedules = schedules.filter(({ name }) => name !== input.name);
      return {};
    }),
    preview: os.schedules.preview.handler(({ input }) => {
      const [hours, minutes] = input.time.split(':').map(Number);
      const unit = `/etc/systemd/system/stillframe-${input.name}`;
      const words = [...PROGRAM, ...argumentsOf(input)];
      return {
        files: [
          {
            path: `${unit}.service`,
            text: `# stillframe-schedule: ${input.name}\n[Service]\nType=oneshot\nExecStart=${words.map((word) => `"${word}"`).join(' ')}\nSuccessExitStatus=4 8\n`,
          },
          {
            path: `${unit}.timer`,
            text: `# stillframe-schedule: ${input.name}\n[Timer]\nOnCalendar=*-*-* ${input.time}:00\nRandomizedDelaySec=${input.randomDelayMinutes}min\nPersistent=${input.catchUp}\n`,
          },
        ],
        cron: `# Stillframe, schedule ${input.name}\n${minutes} ${hours} * * * ${[...PROGRAM, commandOf(input)].join(' ')}\n`,
      };
    }),
  };
}
