/** Serves the window's files under `app://stillframe/`, and nothing else of the disk. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { CONTENT_SECURITY_POLICY, mayNavigate } from './security-policy.ts';

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

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/**
 * The file below `directory` that `url` names, or `undefined` where it names none that may be served. Pure: the disk is
 * not looked at. Percent signs, backslashes and empty or dotted segments do not occur in our file names and are refused
 * rather than decoded.
 */
export function resolveAppPath(url: string, directory: string): string | undefined {
  if (!mayNavigate(url)) return undefined;
  const path = new URL(url).pathname;
  const segments = (path === '/' ? '/index.html' : path).slice(1).split('/');
  if (!segments.every((segment) => /^[\w-][\w.-]*$/.test(segment))) return undefined;
  const file = join(directory, ...segments);
  return CONTENT_TYPES[extname(file)] !== undefined && file.startsWith(directory + sep) ? file : undefined;
}

/** Answers a request for `url`; 404 for everything that is not one of the window's files. */
export async function answerAppRequest(request: { url: string; method: string }, directory: string): Promise<Response> {
  const file = request.method === 'GET' ? resolveAppPath(request.url, directory) : undefined;
  const body = file === undefined ? undefined : await readInside(file, directory);
  if (file === undefined || body === undefined) return new Response(null, { status: 404, headers: HEADERS });
  return new Response(body, { headers: { ...HEADERS, 'Content-Type': CONTENT_TYPES[extname(file)] ?? '' } });
}

/** The file's bytes, unless a symbolic link leads out of `directory` or there is no such file. */
async function readInside(file: string, directory: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const root = await realpath(directory);
    const real = await realpath(file);
    return real.startsWith(root + sep) ? new Uint8Array(await readFile(real)) : undefined;
  } catch {
    // Absent, a folder, or unreadable: the page is told the same.
    return undefined;
  }
}
