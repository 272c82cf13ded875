/**
 * `npm run soak`: the system tests at full counts, for as long as it takes. `npm test` runs the same tests with small
 * ones.
 *
 *   npm run soak -- [--kills=100] [--workloads=100] [--operations=300] [--fuzz-cases=200000] [PATTERN]
 *
 * PATTERN chooses test files, as for vitest; by default the system tests, every fuzz test, every test that
 * kills, and all that runs inside user-mode Linux.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNoMachine } from '../uml/machine.ts';

const top = resolve(import.meta.dirname, '../..');

const { values: counts, positionals: patterns } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: process.env.STILLFRAME_KILLS ?? '100' },
    workloads: { type: 'string', default: process.env.STILLFRAME_WORKLOADS ?? '100' },
    operations: { type: 'string', default: process.env.STILLFRAME_OPERATIONS ?? '300' },
    'fuzz-cases': { type: 'string', default: process.env.STILLFRAME_FUZZ_CASES ?? '200000' },
  },
});

// A hundred kills take far longer than the ten minutes that a system test has otherwise.
const VITEST = ['run', '--config', '.config/vitest.config.ts', '--testTimeout=0', '--reporter=verbose'];
const ONE_DAY_SECONDS = 86_400;

/** Runs the chosen tests on this terminal; resolves with the exit code, which is not 0 where nothing was chosen. */
function vitest(chosen: readonly string[], environment: Record<string, string>): Promise<number> {
  return run('vitest', [...VITEST, ...chosen], environment);
}

/** Runs what needs LVM inside user-mode Linux. */
function insideUserModeLinux(environment: Record<string, string>): Promise<number> {
  const why = whyNoMachine();
  if (why !== undefined) {
    console.log(`SKIPPED: all tests of LVM snapshots. ${why}`);
    return Promise.resolve(0);
  }
  const machine = ['e2e/uml/run.ts', `--time-limit=${ONE_DAY_SECONDS}`, '--'];
  return run('node', [...machine, 'vitest', ...VITEST, '--configLoader=native', '--project=uml'], environment);
}

function run(program: string, args: readonly string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(resolve(top, 'node_modules/.bin', program), [...args], {
    cwd: top,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((done) => {
    child.on('error', () => done(127));
    child.on('close', (code) => done(code ?? 1));
  });
}

const environment = {
  STILLFRAME_KILLS: counts.kills,
  STILLFRAME_WORKLOADS: counts.workloads,
  STILLFRAME_OPERATIONS: counts.operations,
  STILLFRAME_FUZZ_CASES: counts['fuzz-cases'],
};
const started = performance.now();
const all = patterns.length === 0;
const outside = await vitest(all ? ['e2e/system', 'fuzz', 'kills', 'seal-image'] : patterns, environment);
const inside = all ? await insideUserModeLinux(environment) : 0;
const passed = outside === 0 && inside === 0;
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
const work = `${counts.kills} kills, ${counts.workloads} workloads, ${counts.operations} operations`;
const figures = `${work}, ${counts['fuzz-cases']} fuzz cases a property`;
console.log(`\nsoak: ${figures}, ${minutes} min: ${passed ? 'passed' : 'FAILED'}`);
process.exitCode = passed ? 0 : 1;
