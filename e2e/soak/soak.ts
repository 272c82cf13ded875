/**
 * `npm run soak`: the system tests at full counts, for as long as it takes. `npm test` runs the same tests with small
 * ones.
 *
 *   npm run soak -- [--kills=100] [--fuzz-cases=200000] [PATTERN]
 *
 * PATTERN chooses test files, as for vitest; by default the system tests and every fuzz test.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const top = resolve(import.meta.dirname, '../..');

const { values: counts, positionals: patterns } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: process.env.STILLFRAME_KILLS ?? '100' },
    'fuzz-cases': { type: 'string', default: process.env.STILLFRAME_FUZZ_CASES ?? '200000' },
  },
});

/** Runs the chosen tests on this terminal; resolves with the exit code, which is not 0 where nothing was chosen. */
function vitest(chosen: readonly string[], environment: Record<string, string>): Promise<number> {
  // A hundred kills take far longer than the ten minutes that a system test has otherwise.
  const args = ['run', '--config', '.config/vitest.config.ts', '--testTimeout=0', '--reporter=verbose', ...chosen];
  const child = spawn(resolve(top, 'node_modules/.bin/vitest'), args, {
    cwd: top,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((done) => {
    child.on('error', () => done(127));
    child.on('close', (code) => done(code ?? 1));
  });
}

const environment = { STILLFRAME_KILLS: counts.kills, STILLFRAME_FUZZ_CASES: counts['fuzz-cases'] };
const started = performance.now();
const passed = (await vitest(patterns.length > 0 ? patterns : ['e2e/system', 'fuzz'], environment)) === 0;
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
const figures = `${counts.kills} kills, ${counts['fuzz-cases']} fuzz cases a property`;
console.log(`\nsoak: ${figures}, ${minutes} min: ${passed ? 'passed' : 'FAILED'}`);
process.exitCode = passed ? 0 : 1;
