/** Removes clones that no living run owns and no record keeps. */
import { basename, dirname } from 'node:path';
import { loopDevices } from '../../volumes/loop-devices.ts';
import { sweepFreezes } from '../freezing/sweep-freezes.ts';
import type { SweepOptions, SweepReport } from '../provider.ts';
import { clonesIn, removeClone } from './clone-file.ts';
import { canHoldClones } from './clone-source.ts';

/** Folders in which clones may be: those of records, and those of files that are attached now. */
async function foldersOf({ changes, places }: SweepOptions): Promise<Set<string>> {
  const folders = new Set(places.filter((folder) => folder.startsWith('/')));
  for (const { folder, place } of changes) {
    if (typeof folder === 'string' && folder.startsWith('/')) folders.add(folder);
    if (typeof place === 'string' && place.startsWith('/')) folders.add(dirname(place));
  }
  for (const { file, deviceBelow } of await loopDevices()) {
    if (file !== undefined && deviceBelow === undefined) folders.add(dirname(file));
  }
  return folders;
}

/** By name, in every folder that may hold some. Throws nothing. */
export async function sweepClones(options: SweepOptions): Promise<SweepReport> {
  const { isAlive, isKept, keeper } = options;
  // A freeze keeps writers waiting, so it goes first.
  const report = await sweepFreezes(options);
  for (const folder of await foldersOf(options)) {
    if (!(await canHoldClones(folder))) continue;
    for (const { path, mark } of await clonesIn(folder)) {
      const judged = mark.keeper === undefined || (mark.keeper === keeper && !isKept(mark.name));
      if (!judged || (await isAlive(mark.owner))) continue;
      try {
        if (await removeClone(path)) report.removed.push(`The clone ${basename(path)} of a stopped run was removed.`);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        report.left.push(`The clone ${path} of a stopped run could not be removed: ${reason}.`);
      }
    }
  }
  return report;
}
