/** Health answered from canned data. */
import { implement } from '@orpc/server';
import { contract } from '#contract';

const os = implement(contract);

export function healthAnswers() {
  return {
    show: os.health.show.handler(() => ({ volumes: [], repository: { light: 'good' as const, reasons: [] } })),
  };
}
