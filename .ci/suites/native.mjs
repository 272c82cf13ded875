/** The addon's core, compiled as a program of its own with the sanitizers. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { excerpt, run, top } from '../commands.mjs';
import { outcome, refuseEmpty } from './outcome.mjs';

const RUNNER = 'native/test/run-core-tests.mjs';
/** The runner prints one such line for each way in which it compiled the core (plain, with sanitizers). */
const COUNTS = /^\w+: (\d+) passed, (\d+) failed$/gm;

/** @param {number} timeoutMs */
export async function nativeCore(timeoutMs) {
  if (!existsSync(join(top, RUNNER))) return outcome('native core', { problem: `${RUNNER} is missing` });
  const result = await run('node', [RUNNER], { timeoutMs });
  const seen = outcome('native core', { seconds: result.seconds });
  for (const [, passed, failed] of result.output.matchAll(COUNTS)) {
    seen.passed += Number(passed);
    seen.failed += Number(failed);
  }
  // A variant that did not compile, or that a sanitizer stopped, prints no counts: only the exit code tells.
  if (result.code !== 0 && seen.failed === 0) seen.problem = result.outcome;
  if (result.code !== 0) seen.failures.push(excerpt(result.output).join('\n'));
  return refuseEmpty(seen);
}
