/** `node_modules/.bin/node e2e/system/write-seed-commands.ts` writes docs/seed-commands.md anew. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { seedCommandsDocument } from './seed-commands.ts';

await writeFile(resolve(import.meta.dirname, '../../docs/seed-commands.md'), seedCommandsDocument());
