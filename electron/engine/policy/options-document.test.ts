import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { OPTION_ROWS } from './options.ts';
import { optionsDocument } from './options-document.ts';

test('docs/options.md is what the table says; if not: node_modules/.bin/node electron/engine/policy/write-docs.ts', async () => {
  expect(await readFile(resolve(import.meta.dirname, '../../../docs/options.md'), 'utf8')).toBe(optionsDocument());
});

test('every option is in it', () => {
  const text = optionsDocument();
  for (const { display } of OPTION_ROWS) expect(text).toContain(`\n| \`${display}\``);
});
