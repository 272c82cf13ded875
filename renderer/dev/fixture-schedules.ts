/** The contract's schedule requests answered from canned data. */
import { implement } from '@orpc/server';
import { contract, type Schedule } from '#contract';
import { fail } from './fixture-backup.ts';

const os = implement(contract);

export function scheduleAnswers() {
  const schedules: Schedule[] = [];
  return {
    list: os.schedules.list.handler(() => ({ schedules, support: { systemd: 'system' as const, reason: '' } })),
    save: os.schedules.save.handler(({ input }) => {
      const saved: Schedule = {
        ...input,
        startedBy: 'systemd',
        state: 'installed',
        command: `stillframe schedule run ${input.name}`,
      };
      schedules.push(saved);
      return saved;
    }),
    remove: os.schedules.remove.handler(({ input }) => {
      const index = schedules.findIndex(({ name }) => name === input.name);
      if (index < 0) fail('SCHEDULE_NOT_FOUND');
      schedules.splice(index, 1);
      return {};
    }),
    preview: os.schedules.preview.handler(() => ({ files: [], cron: '' })),
  };
}
