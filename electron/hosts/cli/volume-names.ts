/** Names of volumes as they are typed: relative paths, and `*` and `?` for any characters but a slash. */
import { resolve } from 'node:path';
import type { Volume } from '#contract';
import { compilePattern } from '#engine/policy/pattern.ts';

/** Contents that are no file system; a pattern does not mean them, but their own names do. */
const NO_FILE_SYSTEM = new Set(['', 'raw', 'swap', 'bcache', 'drbd', 'DM_integrity', 'BitLocker', 'cs_fvault2']);

/** Whether a name stands for several. Rules have more signs than these; in a name that is typed they are themselves. */
export function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}

/** True for the names that `typed` stands for; for every name where nothing was typed. */
export function volumeMatcher(typed: string | undefined): (name: string) => boolean {
  if (typed === undefined) return () => true;
  const names = [typed, resolve(typed)];
  if (!isPattern(typed)) return (name) => names.includes(name);
  const patterns = names.map((name) => compilePattern(name.replaceAll('[', '[[]')));
  return (name) => names.includes(name) || patterns.some((pattern) => pattern.matches(name));
}

/**
 * What a command is to take for the names that were typed: a pattern becomes the known volumes with a file system that
 * it matches, by name or mount point, each once; a name is itself, also that of a volume with `*` in its name.
 */
export function expandVolumes(typed: readonly string[], volumes: readonly Volume[]): ExpandedVolumes {
  const names: string[] = [];
  const unmatched: string[] = [];
  for (const one of typed) {
    const exact = volumes.some((volume) => [one, resolve(one)].some((name) => namesOf(volume).includes(name)));
    if (!isPattern(one) || exact) {
      names.push(one);
      continue;
    }
    const matches = volumeMatcher(one);
    const found = volumes.filter((volume) => holdsFileSystem(volume, volumes) && namesOf(volume).some(matches));
    if (found.length === 0) unmatched.push(one);
    for (const { name } of found) if (!names.includes(name)) names.push(name);
  }
  return { names, unmatched };
}

export interface ExpandedVolumes {
  readonly names: readonly string[];
  /** Patterns that nothing matches. */
  readonly unmatched: readonly string[];
}

function namesOf({ name, mounts }: Volume): string[] {
  return [name, ...mounts.map(({ mountPoint }) => mountPoint)];
}

function holdsFileSystem(volume: Volume, all: readonly Volume[]): boolean {
  const { kind, fsType, partitionTable, name } = volume;
  if (kind === 'rom' || partitionTable !== undefined || all.some(({ parent }) => parent === name)) return false;
  return !NO_FILE_SYSTEM.has(fsType) && !/_member$|^crypto_/.test(fsType);
}
