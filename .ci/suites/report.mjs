/** Shows outcomes as they come and ends the process with the sum. */
import { failuresOf, summaryLine, total } from './outcome.mjs';

/** Failures shown in full; more are only counted. */
const SHOWN = 20;

/** One line, then what failed. @param {import('./outcome.mjs').Outcome} one */
export function show(one) {
  console.log(summaryLine(one));
  for (const note of one.notes) console.log(`     ${note}`);
  for (const failure of one.failures.slice(0, SHOWN)) console.log(`\n${failure.replace(/^/gm, '     ')}\n`);
  if (one.failures.length > SHOWN) console.log(`     … and ${one.failures.length - SHOWN} more`);
}

/** Prints the last line and sets the exit code. @param {import('./outcome.mjs').Outcome[]} outcomes */
export function conclude(outcomes) {
  console.log(`\n${total(outcomes)}`);
  process.exitCode = outcomes.some((one) => failuresOf(one) > 0) ? 1 : 0;
}
