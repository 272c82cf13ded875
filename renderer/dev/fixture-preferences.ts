/** Preferences answered from canned data. */
import { implement } from '@orpc/server';
import { contract, type Preferences } from '#contract';

const os = implement(contract);

const PREFERENCES: Preferences = {
  path: '/root/.config/stillframe/stillframe.opt',
  exists: true,
  revision: '1',
  options: [],
  rules: [],
  domain: [],
  warnings: [],
};

export function preferencesAnswers() {
  return {
    describe: os.preferences.describe.handler(() => PREFERENCES),
    check: os.preferences.check.handler(() => ({ problems: [] })),
    save: os.preferences.save.handler(() => PREFERENCES),
    test: os.preferences.test.handler(({ input }) => ({
      volume: input.volume,
      evaluated: [],
      excluded: false,
      managementClass: 'STANDARD',
      options: [],
    })),
    readForeign: os.preferences.readForeign.handler(({ input }) => ({
      path: input.path,
      changes: { set: {}, rules: [], domain: [] },
      understood: [],
      notUnderstood: [],
    })),
  };
}
