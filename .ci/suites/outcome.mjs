/** What a suite came to, and how it is shown. */

/**
 * `problem` says why a suite counts as failed beyond its own failures: it crashed, or ran nothing.
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, seconds: number, failures: string[],
 *   problem?: string, notes: string[] }} Outcome
 */

/** @param {string} name @param {Partial<Outcome>} known @returns {Outcome} */
export function outcome(name, known = {}) {
  return { name, passed: 0, failed: 0, skipped: 0, seconds: 0, failures: [], notes: [], ...known };
}

/**
 * A suite that neither passed nor failed anything has not been run: that must never look green.
 * @param {Outcome} one
 */
export function refuseEmpty(one) {
  if (one.problem === undefined && one.passed + one.failed === 0) one.problem = 'ran no tests';
  return one;
}

/**
 * Parts of one suite that ran at the same time, as one.
 * @param {string} name
 * @param {Outcome[]} parts
 */
export function together(name, parts) {
  const sum = (of) => parts.reduce((count, one) => count + of(one), 0);
  const problem = parts.find((one) => one.problem !== undefined)?.problem;
  return outcome(name, {
    passed: sum((one) => one.passed),
    failed: sum(failuresOf),
    skipped: sum((one) => one.skipped),
    seconds: Math.max(...parts.map((one) => one.seconds)),
    failures: parts.flatMap((one) => one.failures),
    notes: parts.flatMap((one) => one.notes),
    ...(problem === undefined ? {} : { problem }),
  });
}

/** Failures that a suite adds to the sum: its own, and one where it broke without any. @param {Outcome} one */
export function failuresOf(one) {
  return one.problem !== undefined && one.failed === 0 ? 1 : one.failed;
}

/** One line for people. @param {Outcome} one */
export function summaryLine(one) {
  const mark = failuresOf(one) > 0 ? 'FAIL' : 'ok';
  const parts = [`${one.passed} passed`, `${failuresOf(one)} failed`];
  if (one.skipped > 0) parts.push(`${one.skipped} skipped`);
  const why = one.problem === undefined ? '' : `  (${one.problem})`;
  return `${mark.padEnd(5)}${one.name.padEnd(24)}${parts.join(', ').padEnd(36)}${one.seconds.toFixed(1).padStart(7)} s${why}`;
}

/** The last line. @param {Outcome[]} outcomes */
export function total(outcomes) {
  const sum = (of) => outcomes.reduce((count, one) => count + of(one), 0);
  const skipped = sum((one) => one.skipped);
  const line = `${sum((one) => one.passed)} passed, ${sum(failuresOf)} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}
