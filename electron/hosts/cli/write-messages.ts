/** `node_modules/.bin/node electron/hosts/cli/write-messages.ts` writes docs/messages.md anew. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messagesDocument } from '../../contract/message-catalogue/messages-document.ts';

await writeFile(resolve(import.meta.dirname, '../../../docs/messages.md'), messagesDocument());
