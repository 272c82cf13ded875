/** Types and lint: everything that is judged without running it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run, top } from '../commands.mjs';
import { outcome } from './outcome.mjs';

/** One check per side, as each side has its own tsconfig; side by side, because each is one process. */
export function typeChecks() {
  return ['electron', 'renderer', 'e2e'].filter((side) => existsSync(join(top, side, 'tsconfig.json'))).map(checkTypes);
}

async function checkTypes(side) {
  return fromCommand(`types: ${side}`, await run('tsc', ['-p', side, '--pretty', 'false']));
}

/** Lint and format. */
export async function lint() {
  return fromCommand(
    'lint and format',
    await run('biome', ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  );
}

/** A tool that has no tests of its own counts as one. */
function fromCommand(name, result) {
  const seconds = result.seconds;
  if (result.code === 0) return outcome(name, { passed: 1, seconds });
  return outcome(name, { failed: 1, seconds, failures: [result.output.trim() || result.outcome] });
}
