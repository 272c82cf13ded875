/** What the commands about management classes print for people, with dsmc's words. */
import type { BackupCopyGroup, ManagementClass, Policy, PolicyVersion, Serialization } from '#contract';
import { formatInstant } from '../figures.ts';

type Pair = readonly [string, string];

/** `Label           : value`, as dsmc has it. */
function colonPairs(pairs: readonly Pair[], indent = ''): string[] {
  const width = Math.max(...pairs.map(([label]) => label.length));
  return pairs.map(([label, value]) => `${indent}${label.padEnd(width)} : ${value}`.trimEnd());
}

/** The policy that is in force. */
export function policyLines({ set, version, savedAt, savedBy }: Policy, location: string): string[] {
  return colonPairs([
    ['Domain Name', location],
    ['Activated Policy Set Name', version === 0 ? 'STANDARD (none was saved yet)' : `version ${version}`],
    ...(savedAt === undefined ? [] : [['Activation date/time', formatInstant(savedAt)] as const]),
    ...(savedBy === undefined ? [] : [['Activated by', savedBy] as const]),
    ['Default Mgmt Class Name', set.defaultClass],
    ['Grace Period Backup Retn.', daysText(set.graceRetention)],
  ]);
}

/** One class, with -detail its copy group. */
export function classLines(
  { name, description, backup }: ManagementClass,
  { detail, isDefault }: { detail: boolean; isDefault: boolean },
): string[] {
  const head: Pair[] = [
    ['MgmtClass Name', isDefault ? `${name} (default)` : name],
    ['Description', description],
  ];
  const group = backup ? (detail ? 'as follows' : groupInShort(backup)) : 'none: nothing can be bound to the class';
  return [
    ...colonPairs([...head, ['Backup copy group', group]]),
    ...(detail && backup ? colonPairs(groupPairs(backup), '    ') : []),
  ];
}

function groupPairs(group: BackupCopyGroup): Pair[] {
  return [
    ['Copy Type', 'Backup'],
    ['Copy Frequency', '0 day(s)'],
    ['Versions Data Exists', versionsText(group.verExists)],
    ['Versions Data Deleted', versionsText(group.verDeleted)],
    ['Retain Extra Versions', daysText(group.retExtra)],
    ['Retain Only Version', daysText(group.retOnly)],
    ['Copy Serialization', SERIALIZATIONS[group.serialization]],
    ['Changing Retries', String(group.changingRetries)],
    ['Copy Mode', group.mode === 'absolute' ? 'Absolute' : 'Modified'],
    ['Copy Destination', 'this repository'],
    ['Lan Free Destination', 'NO'],
    ['Deduplicate Data', 'YES'],
  ];
}

function groupInShort({ verExists, verDeleted, retExtra, retOnly }: BackupCopyGroup): string {
  return `VEREXISTS ${verExists}, VERDELETED ${verDeleted}, RETEXTRA ${retExtra}, RETONLY ${retOnly}`;
}

const SERIALIZATIONS: Record<Serialization, string> = {
  static: 'Static',
  shrstatic: 'Shared Static',
  shrdynamic: 'Shared Dynamic',
  dynamic: 'Dynamic',
};

function versionsText(limit: number | 'nolimit'): string {
  return limit === 'nolimit' ? 'No Limit' : `${limit} version(s)`;
}

function daysText(limit: number | 'nolimit'): string {
  return limit === 'nolimit' ? 'No Limit' : `${limit} day(s)`;
}

/** Versions of the policy, newest first. */
export function historyLines(versions: readonly PolicyVersion[]): string[] {
  if (versions.length === 0) return [];
  return [
    '',
    'Versions of the policy:',
    ...versions.flatMap(({ version, savedAt, savedBy, changes }) => [
      `  ${version}  ${formatInstant(savedAt)}  ${savedBy}`,
      ...changes.map((change) => `       ${change}`),
    ]),
  ];
}
