/** `node_modules/.bin/node electron/engine/policy/write-docs.ts` writes docs/options.md anew. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { optionsDocument } from './options-document.ts';

await writeFile(resolve(import.meta.dirname, '../../../docs/options.md'), optionsDocument());
