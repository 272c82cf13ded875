/** Playwright projects, read from its JSON reporter. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { excerpt, run, top } from '../commands.mjs';
import { outcome, refuseEmpty } from './outcome.mjs';

const ELECTRON = 'node_modules/electron/dist/electron';

/** The specs in Chromium against the web host. @param {number} timeoutMs */
export function windowInChromium(timeoutMs) {
  return play('window in Chromium', 'web', timeoutMs);
}

/** The same specs in Electron; without its binary they are counted as skipped, and said so. @param {number} timeoutMs */
export async function windowInElectron(timeoutMs) {
  const name = 'window in Electron';
  if (existsSync(join(top, ELECTRON))) return play(name, 'electron', timeoutMs);
  const listed = await report('electron', ['--list'], timeoutMs);
  const skipped = listed.report ? testsOf(listed.report).length : 0;
  if (skipped === 0) {
    const failures = [excerpt(listed.result.output).join('\n')];
    return outcome(name, { problem: `found no specs: ${listed.result.outcome}`, failures });
  }
  const note = `SKIPPED: ${skipped} tests of the window in a real Electron, because its binary (${ELECTRON}) is not here. Get it with: STILLFRAME_ELECTRON=1 npm run setup`;
  return outcome(name, { skipped, seconds: listed.result.seconds, notes: [note] });
}

async function play(name, project, timeoutMs) {
  const { report: found, result } = await report(project, [], timeoutMs);
  const seen = outcome(name, { seconds: result.seconds });
  if (!found)
    return { ...seen, problem: `left no report: ${result.outcome}`, failures: [excerpt(result.output).join('\n')] };
  for (const one of testsOf(found)) {
    if (one.status === 'expected') seen.passed += 1;
    else if (one.status === 'skipped') seen.skipped += 1;
    else {
      seen.failed += 1;
      seen.failures.push(`${one.title}\n${one.messages.join('\n')}`);
    }
  }
  for (const error of found.errors ?? []) seen.failures.push(error.message ?? String(error.value));
  if (result.code !== 0 && seen.failed === 0) seen.problem = `${result.outcome} although no test failed`;
  return refuseEmpty(seen);
}

async function report(project, more, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'stillframe-playwright-'));
  const file = join(folder, 'report.json');
  try {
    const args = [
      'test',
      '--config',
      '.config/playwright.config.ts',
      `--project=${project}`,
      '--reporter=json',
      ...more,
    ];
    const result = await run('playwright', args, { timeoutMs, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } });
    return { result, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Suites nest by file and by `describe`; flattened to one row a test. */
function testsOf(found) {
  const walk = (suite, path) => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map((test) => ({
        title: [...path, spec.title].join(' › '),
        status: test.status,
        messages: test.results.flatMap((result) => (result.errors ?? []).map((error) => error.message ?? '')),
      })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => walk(inner, [...path, inner.title])),
  ];
  return found.suites.flatMap((suite) => walk(suite, [suite.title]));
}
