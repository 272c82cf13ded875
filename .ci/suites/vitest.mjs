/** Vitest projects, read from its JSON reporter. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { excerpt, run, top } from '../commands.mjs';
import { outcome, refuseEmpty } from './outcome.mjs';

/**
 * @param {string} name shown to people
 * @param {string} project of `.config/vitest.config.ts`
 * @param {number} timeoutMs
 * @param {readonly string[]} [choice] of files, or of what is excluded (`--exclude=…`)
 */
export async function vitest(name, project, timeoutMs, choice = []) {
  const folder = mkdtempSync(join(tmpdir(), 'stillframe-vitest-'));
  const report = join(folder, 'report.json');
  try {
    const result = await run('vitest', [...vitestArguments(project, report), ...choice], { timeoutMs });
    return readReport(name, report, result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} project @param {string} report where vitest is to write it @returns {string[]} */
export function vitestArguments(project, report) {
  const config = ['--config', '.config/vitest.config.ts', '--project', project];
  return ['run', ...config, '--reporter=json', `--outputFile=${report}`, '--reporter=dot'];
}

/** @param {string} name @param {string} report @param {{ code: number, outcome: string, output: string, seconds: number }} result */
export function readReport(name, report, result) {
  const seen = outcome(name, { seconds: result.seconds });
  let files;
  try {
    files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return { ...seen, problem: `left no report: ${result.outcome}`, failures: [excerpt(result.output).join('\n')] };
  }
  for (const file of files) {
    const path = relative(top, file.name);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') seen.passed += 1;
      else if (test.status === 'failed') {
        seen.failed += 1;
        seen.failures.push(`${path}: ${test.fullName}\n${test.failureMessages.join('\n')}`);
      } else seen.skipped += 1;
    }
    // A file that broke before its tests were known has no results of its own.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      seen.failed += 1;
      seen.failures.push(`${path}: ${file.message}`);
    }
  }
  if (result.code !== 0 && seen.failed === 0) {
    seen.problem = `${result.outcome} although no test failed`;
    seen.failures.push(excerpt(result.output).join('\n'));
  }
  return refuseEmpty(seen);
}
