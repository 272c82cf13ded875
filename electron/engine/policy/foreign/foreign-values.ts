/** Values of another client's options in our words. */

import { valueProblem } from '../check-changes.ts';
import type { PathContext } from '../option-definition.ts';
import { OPTION_ROWS, type OptionName } from '../options.ts';

/** Providers that this system has not; their names are known from other systems. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  jfs2: 'JFS2 snapshots are AIX’s.',
  vss: 'VSS snapshots are Windows’.',
  lvsa: 'LVSA snapshots are Windows’.',
};

/** Relative paths have no meaning here: the file stands somewhere else. */
const ANYWHERE: PathContext = { workingDirectory: '/', homeDirectory: '/' };

/** The value as it can stand in our file, or why it cannot, as one English sentence. */
export function ownValue(name: OptionName, text: string): { value: string } | { reason: string } {
  const row = OPTION_ROWS.find((candidate) => candidate.name === name);
  if (row === undefined) return { reason: 'There is no such option.' };
  if (name === 'language') return languageOf(text);
  const value = text === '' && row.kind === 'flag' ? 'yes' : text;
  if (name === 'snapshotproviderimage') {
    const reason = Object.hasOwn(ELSEWHERE, value.toLowerCase()) ? ELSEWHERE[value.toLowerCase()] : undefined;
    if (reason !== undefined) return { reason };
  }
  if (row.kind === 'path' && !value.startsWith('/'))
    return { reason: 'Only absolute paths of this system can be taken over.' };
  const problem = valueProblem(row, value, ANYWHERE);
  return problem ? { reason: problem.reason } : { value };
}

/** `ENU`, `en_US` and the like. */
function languageOf(text: string): { value: string } | { reason: string } {
  const language = (['de', 'en'] as const).find((one) => text.toLowerCase().startsWith(one));
  return language ? { value: language } : { reason: 'The window speaks English and German.' };
}
