import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPTION_ROWS } from '#engine/policy/options.ts';
import { lineText } from '#engine/testing/option-arbitraries.ts';
import { COMMANDS } from '../command-table.ts';
import { usage } from '../help-text.ts';
import { manualPage } from './manual.ts';
import { roffLine, tagged } from './roff.ts';

const hasGroff = (() => {
  try {
    execFileSync('groff', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const WIDE = ['-rLL=2000n', '-rLT=2000n'];

/** What groff shows of a page, in one width that breaks no line; throws where it has something to complain about. */
async function shown(lines: readonly string[]): Promise<string> {
  const child = promisify(execFile)('groff', ['-Kutf8', '-Tutf8', '-P-cbou', '-ww', '-man', ...WIDE]);
  child.child.stdin?.end(`${lines.join('\n')}\n`);
  const { stdout, stderr } = await child;
  expect(stderr).toBe('');
  return stdout;
}

test.skipIf(!hasGroff)('groff reads it without a warning, and every command and option is in it', async () => {
  const text = await shown(manualPage());
  const words = text.replaceAll(/\s+/g, ' ');
  for (const row of COMMANDS) expect(words).toContain(usage(row));
  for (const { display, places } of OPTION_ROWS)
    expect(words).toContain(`${places.includes('command') ? '-' : ''}${display}`);
  expect(words).toContain('STILLFRAME_REPOSITORY the repository, as -repository');
});

test.skipIf(!hasGroff)('no text is a request or an escape', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        lineText.map((text) => `x${text.replaceAll(/\s+/g, '')}y`),
        { minLength: 1 },
      ),
      async (texts) => {
        const printable = texts.filter((text) => /^[\x20-\x7e]*$/.test(text));
        const page = [
          '.TH T 1',
          '.SH S',
          ...printable.flatMap((text) => [roffLine(text), '.br', ...tagged(text, text)]),
        ];
        const words = await shown(page);
        for (const text of printable) expect(words).toContain(text);
      },
    ),
    { numRuns: 10 },
  );
  expect(roffLine('.SH no')).toBe('\\&.SH no');
  expect(roffLine("'no")).toBe('\\(aqno');
});
