/** Finds and loads the compiled addon. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Native } from './index.ts';

/** Where node-gyp leaves what it builds, relative to the package's root. */
const RELEASE = join('native', 'build', 'Release');
const ADDON_PATH = join(RELEASE, 'stillframe.node');
const FREEZE_PATH = join(RELEASE, 'stillframe-freeze');

/**
 * A file of the package, searched from `start` upwards, so that it is found both from the sources (`native/`) and from a
 * bundle (`out/…`) of the same package. Undefined if no folder above has one.
 */
function findUpwards(start: string, path: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, path);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The addon's path, searched from `start` upwards. */
export function findAddon(start: string): string | undefined {
  return findUpwards(start, ADDON_PATH);
}

/** The path of the program that keeps a file system frozen, searched from `start` upwards; throws if it is not built. */
export function locateFreezeProgram(start: string = dirname(fileURLToPath(import.meta.url))): string {
  const path = findUpwards(start, FREEZE_PATH);
  if (path !== undefined) return path;
  throw new Error(`A program is not built: no ${FREEZE_PATH} in ${start} or above. Run: npm run setup`);
}

/** Loads the addon of this package. Throws an `Error` that says how to build it. */
export function loadAddon(): Native {
  return loadAddonFrom(dirname(fileURLToPath(import.meta.url)));
}

/** Loads the addon of the package that holds the folder `start`; the loader's error is the cause of the one thrown. */
export function loadAddonFrom(start: string): Native {
  const path = findAddon(start);
  if (path === undefined) {
    throw new Error(`The native addon is not built: no ${ADDON_PATH} in ${start} or above. Run: npm run setup`);
  }
  try {
    return createRequire(import.meta.url)(path) as Native;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The native addon ${path} cannot be loaded on ${process.platform}-${process.arch}, Node ${process.version} ` +
        `(Node-API ${process.versions.napi}): ${reason}. Build it anew: npm run setup`,
      { cause },
    );
  }
}
