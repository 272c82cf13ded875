/** The window's files, read once: a request can only name what was found at the start, never a path on the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { EngineError } from '#engine/base/errors.ts';

export interface StaticFile {
  body: Buffer;
  contentType: string;
}

/** Kinds of file that a build of the window consists of; anything else is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Every servable file below `directory` by its request path (`/assets/index.js`); `/` is `index.html`. Throws
 * `UNSUPPORTED_ON_HOST` where the window was not built. Symbolic links are left out.
 */
export async function readStaticFiles(directory: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const entry of await entriesOf(directory)) {
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const body = await readFile(path);
    files.set(`/${relative(directory, path).split(sep).join('/')}`, { body, contentType });
  }
  const index = files.get('/index.html');
  if (index === undefined) throw notBuilt(directory);
  files.set('/', index);
  return files;
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw notBuilt(directory, error);
  }
}

function notBuilt(directory: string, cause?: unknown): EngineError {
  const reason = 'The window has not been built.';
  return new EngineError('UNSUPPORTED_ON_HOST', { path: directory, reason, remedy: 'Run npm run build.' }, { cause });
}
