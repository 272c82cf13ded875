/** Activity answered from canned data. */
import { implement } from '@orpc/server';
import { contract } from '#contract';
import { fail } from './fixture-backup.ts';

const os = implement(contract);

export function activityAnswers() {
  return {
    list: os.activity.list.handler(() => ({ runs: [], total: 0 })),
    details: os.activity.details.handler(() => fail('TASK_NOT_FOUND')),
    repeat: os.activity.repeat.handler(() => fail('TASK_NOT_FOUND')),
    weeks: os.activity.weeks.handler(() => ({ weeks: [] })),
    errorLog: os.activity.errorLog.handler(() => ({ path: '/root/.local/state/stillframe/error.log', lines: [] })),
    export: os.activity.export.handler(() => ({
      fileName: 'stillframe-activity.json',
      mediaType: 'application/json',
      text: '[]',
    })),
  };
}
