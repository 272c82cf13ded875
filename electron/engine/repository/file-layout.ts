/** restic's names of repository files (doc/design.rst, "Repository Layout"), the same for every backend. */
import type { FileKind, Id } from './types.ts';

const ID = /^[0-9a-f]{64}$/;

/** Folders of a repository, in the order in which they are created. `config` is a file at the top. */
export const FOLDERS = ['data', 'index', 'keys', 'locks', 'snapshots'] as const satisfies readonly FileKind[];

/** True for a lower-case hexadecimal SHA-256. */
export function isId(text: unknown): text is Id {
  return typeof text === 'string' && ID.test(text);
}

/** Path of a file below the repository's top, with `/`: `config`, `index/ab…`, `data/ab/ab…`. */
export function relativePath(kind: FileKind, name: string): string {
  if (kind === 'config') return 'config';
  return kind === 'data' ? `data/${name.slice(0, 2)}/${name}` : `${kind}/${name}`;
}
