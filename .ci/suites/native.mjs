/** The addon's core, compiled as a program of its own with the sanitizers. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { excerpt, run, top } from '../commands.mjs';
import { outcome, refuseEmpty } from './outcome.mjs';

const RUNNER = 'native/test/run-core-tests.mjs';
/** The runner's contract: its last line counts the tests. */
const LAST_LINE = /^(\d+) passed, (\d+) failed$/;

/** @param {number} timeoutMs */
export async function nativeCore(timeoutMs) {
  if (!existsSync(join(top, RUNNER))) return outcome('native core', { problem: `${RUNNER} is missing` });
  const result = await run('node', [RUNNER], { timeoutMs });
  const lines = result.output.trimEnd().split('\n');
  const counts = lines.map((line) => LAST_LINE.exec(line.trim())).findLast((match) => match !== null);
  const seen = outcome('native core', { seconds: result.seconds });
  if (counts) Object.assign(seen, { passed: Number(counts[1]), failed: Number(counts[2]) });
  if (result.code !== 0 || !counts) {
    seen.failures.push(excerpt(result.output).join('\n'));
    if (seen.failed === 0) seen.problem = counts ? result.outcome : `printed no counts: ${result.outcome}`;
  }
  return refuseEmpty(seen);
}
