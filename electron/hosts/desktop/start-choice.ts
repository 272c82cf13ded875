/** Which window `npm start` opens on this machine. */
import { join } from 'node:path';

/** What was found on this machine. */
export interface Surroundings {
  /** Electron's binary, if it was downloaded. */
  electron: string | undefined;
  /** A Chromium or Chrome. */
  chromium: string | undefined;
  /** There is a display to open a window on. */
  hasDisplay: boolean;
  isRoot: boolean;
  /** An empty folder for Chromium's profile. */
  profileDirectory: string;
}

export type StartChoice =
  | { kind: 'electron'; command: string; args: string[] }
  | { kind: 'chromium'; command: string; args: string[] }
  | { kind: 'address' };

/** Electron's own window if it can be had, else Chromium's window without browser controls, else only the address. */
export function chooseWindow(found: Surroundings, entry: string): StartChoice {
  if (!found.hasDisplay) return { kind: 'address' };
  if (found.electron !== undefined) {
    return { kind: 'electron', command: found.electron, args: [...sandboxFlags(found.isRoot), entry] };
  }
  if (found.chromium === undefined) return { kind: 'address' };
  return { kind: 'chromium', command: found.chromium, args: chromiumFlags(found) };
}

/**
 * A profile of its own keeps the window apart from the person's browser and its extensions; a new one each time, because
 * a second Chromium on the same profile hands its window to the first and ends.
 */
function chromiumFlags({ isRoot, profileDirectory }: Surroundings): string[] {
  return [
    `--user-data-dir=${profileDirectory}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    ...sandboxFlags(isRoot),
  ];
}

/** Chromium refuses to start its sandbox as root; for everybody else it stays on. */
function sandboxFlags(isRoot: boolean): string[] {
  return isRoot ? ['--no-sandbox'] : [];
}

/** Candidates for a program in the folders of a PATH, in order. */
export function candidates(names: readonly string[], path: string): string[] {
  const folders = path.split(':').filter((folder) => folder.startsWith('/'));
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
