/** Unit and integration tests beside the sources, and the system tests that run the built program. */
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '..');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const UML = '{electron,e2e}/**/*.uml.test.ts';

export default defineConfig({
  root,
  test: {
    // Tests make real file systems and start real processes: more at once than processors only makes timeouts.
    maxWorkers: 2,
    pool: 'forks',
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: [
            '{electron,renderer,native}/**/*.test.{ts,tsx}',
            '.ci/**/*.test.mjs',
            'e2e/{bench,demo,uml}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', UML],
          testTimeout: MINUTE,
          hookTimeout: MINUTE,
        },
      },
      {
        root,
        test: {
          // Inside user-mode Linux (e2e/uml/run.ts), which has one processor and a kernel with LVM.
          name: 'uml',
          include: [UML],
          fileParallelism: false,
          testTimeout: 5 * MINUTE,
          hookTimeout: MINUTE,
        },
      },
      {
        root,
        test: {
          name: 'system',
          include: ['e2e/system/**/*.test.ts'],
          // Each takes a volume, a repository and both processors for itself.
          fileParallelism: false,
          testTimeout: 10 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
    ],
  },
});
