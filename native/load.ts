/** Finds and loads the compiled addon. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Native } from './index.ts';

/** Where node-gyp leaves the addon, relative to the package's root. */
const ADDON_PATH = join('native', 'build', 'Release', 'stillframe.node');

/**
 * The addon's path, searched from `start` upwards, so that it is found both from the sources (`native/`) and from a
 * bundle (`out/…`) of the same package. Undefined if no folder above has one.
 */
export function findAddon(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, ADDON_PATH);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
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
