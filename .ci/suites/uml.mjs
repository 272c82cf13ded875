/** The tests that need a kernel with LVM, inside user-mode Linux. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXCHANGE_INSIDE, whyNoMachine } from '../../e2e/uml/machine.ts';
import { run } from '../commands.mjs';
import { outcome, together } from './outcome.mjs';
import { readReport, vitestArguments } from './vitest.mjs';

/** A machine has one processor. */
const MACHINES = 2;

/** Without the machine they are counted as one that was skipped, and said so. @param {number} timeoutMs */
export async function insideUserModeLinux(timeoutMs) {
  const name = 'user-mode Linux';
  const why = whyNoMachine();
  if (why !== undefined) {
    return outcome(name, { skipped: 1, notes: [`SKIPPED: all tests of LVM snapshots. ${why}`] });
  }
  const shards = Array.from({ length: MACHINES }, (_, index) => `${index + 1}/${MACHINES}`);
  return together(name, await Promise.all(shards.map((shard) => inOneMachine(name, shard, timeoutMs))));
}

/** @param {string} name @param {string} shard of the test files @param {number} timeoutMs */
async function inOneMachine(name, shard, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'stillframe-exchange-'));
  try {
    const report = `${EXCHANGE_INSIDE}/report.json`;
    // The root is read-only there, and vitest would write a bundle of its configuration into it.
    const vitest = ['vitest', ...vitestArguments('uml', report), `--shard=${shard}`, '--configLoader=native'];
    const machine = ['e2e/uml/run.ts', `--exchange=${folder}`, `--time-limit=${timeoutMs / 1000}`, '--'];
    const result = await run('node', [...machine, ...vitest], { timeoutMs: timeoutMs + 30_000 });
    return readReport(name, join(folder, 'report.json'), result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
