/** The tests that need a kernel with LVM, inside user-mode Linux. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXCHANGE_INSIDE, whyNoMachine } from '../../e2e/uml/machine.ts';
import { run, top } from '../commands.mjs';
import { outcome, together } from './outcome.mjs';
import { readReport, vitestArguments } from './vitest.mjs';

/** A machine has one processor. */
const MACHINES = 2;

/** About how many seconds each file takes, so that both machines end at about the same time. */
const SECONDS = {
  'backup-changes.uml.test.ts': 95,
  'backup.uml.test.ts': 115,
  'faults.uml.test.ts': 95,
  'backup-faults.uml.test.ts': 80,
  'thin-ext4.uml.test.ts': 74,
  'backup-kills.uml.test.ts': 55,
  'kills.uml.test.ts': 32,
  'thick-xfs.uml.test.ts': 41,
  'tracking.uml.test.ts': 29,
  'thin-xfs.uml.test.ts': 25,
};
/** Of the others, and of starting any. */
const OTHER_SECONDS = 15;
const STARTING_SECONDS = 5;

/** Without the machine they are counted as one that was skipped, and said so. @param {number} timeoutMs */
export async function insideUserModeLinux(timeoutMs) {
  const name = 'user-mode Linux';
  const why = whyNoMachine();
  if (why !== undefined) {
    return outcome(name, { skipped: 1, notes: [`SKIPPED: all tests of LVM snapshots. ${why}`] });
  }
  const loads = shared().filter((files) => files.length > 0);
  return together(name, await Promise.all(loads.map((files) => inOneMachine(name, files, timeoutMs))));
}

/** The test files of each machine: the longest first, each to the machine with the least. */
function shared() {
  const files = readdirSync(join(top, 'e2e/uml')).filter((file) => file.endsWith('.uml.test.ts'));
  const share = (file) => (SECONDS[file] ?? OTHER_SECONDS) + STARTING_SECONDS;
  const machines = Array.from({ length: MACHINES }, () => ({ load: 0, files: [] }));
  for (const file of files.sort((a, b) => share(b) - share(a))) {
    const idlest = machines.reduce((least, one) => (one.load < least.load ? one : least));
    idlest.load += share(file);
    idlest.files.push(`e2e/uml/${file}`);
  }
  return machines.map(({ files: own }) => own);
}

/** @param {string} name @param {readonly string[]} files @param {number} timeoutMs */
async function inOneMachine(name, files, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'stillframe-exchange-'));
  try {
    const report = `${EXCHANGE_INSIDE}/report.json`;
    // The root is read-only there, and vitest would write a bundle of its configuration into it.
    const vitest = ['vitest', ...vitestArguments('uml', report), '--configLoader=native', ...files];
    const machine = ['e2e/uml/run.ts', `--exchange=${folder}`, `--time-limit=${timeoutMs / 1000}`, '--'];
    const result = await run('node', [...machine, ...vitest], { timeoutMs: timeoutMs + 30_000 });
    return readReport(name, join(folder, 'report.json'), result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
