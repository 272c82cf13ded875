/** The contract's policy requests answered from canned data: three classes that somebody saved, or the standard policy. */
import { setTimeout } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { type BackupCopyGroup, contract, type Policy, type PolicySet, type PolicyVersion } from '#contract';
import { fail } from './fixture-backup.ts';

const os = implement(contract);
const DAY = 86_400_000;

const STANDARD_GROUP: BackupCopyGroup = {
  verExists: 2,
  verDeleted: 1,
  retExtra: 30,
  retOnly: 60,
  mode: 'modified',
  serialization: 'shrstatic',
  changingRetries: 4,
};

const STANDARD: PolicySet = {
  classes: [{ name: 'STANDARD', description: 'Installed default management class.', backup: STANDARD_GROUP }],
  defaultClass: 'STANDARD',
  graceRetention: 30,
};

const SAVED: PolicySet = {
  ...STANDARD,
  classes: [
    ...STANDARD.classes,
    {
      name: 'CRITICAL',
      description: 'Mail and databases: ten images, half a year, read in full every time.',
      backup: { ...STANDARD_GROUP, verExists: 10, verDeleted: 2, retExtra: 180, retOnly: 365, mode: 'absolute' },
    },
    {
      name: 'ARCHIVE',
      description: 'Volumes of closed projects.',
      backup: {
        ...STANDARD_GROUP,
        verExists: 'nolimit',
        verDeleted: 'nolimit',
        retExtra: 'nolimit',
        retOnly: 'nolimit',
      },
    },
    { name: 'SCRATCH', description: 'Nothing worth keeping: no copy group, so nothing can be bound to it.' },
  ],
};

const idOf = (number: number) => number.toString(16).repeat(64).slice(0, 64);

function history(): PolicyVersion[] {
  return [
    {
      id: idOf(11),
      version: 2,
      savedAt: new Date(Date.now() - 4 * DAY).toISOString(),
      savedBy: 'anna@workbench',
      changes: ['The class SCRATCH was added.', 'VEREXISTS of the class CRITICAL is 10 instead of 5.'],
    },
    {
      id: idOf(12),
      version: 1,
      savedAt: new Date(Date.now() - 90 * DAY).toISOString(),
      savedBy: 'root@workbench',
      changes: ['The class CRITICAL was added.', 'The class ARCHIVE was added.'],
    },
  ];
}

/** `changed`: somebody else saves just before this window does, once. `lost`: a version is missing until one is saved. */
export interface FixturePolicyOptions {
  standard: boolean;
  changed: boolean;
  lost: boolean;
}

export function policyAnswers({ standard, changed, lost }: FixturePolicyOptions) {
  const versions = standard ? [] : history();
  let set = standard ? STANDARD : SAVED;
  let othersSave = changed;
  let isLost = lost;
  const present = (): Policy => {
    const [newest] = versions;
    return {
      set,
      revision: newest?.id ?? 'standard',
      version: versions.length,
      ...(newest ? { savedAt: newest.savedAt, savedBy: newest.savedBy } : {}),
      ...(isLost
        ? { doubt: 'Images were made under version 3 of the policy, but the repository holds only version 2.' }
        : {}),
    };
  };
  const keep = (next: PolicySet, savedBy: string, changes: string[]) => {
    set = next;
    isLost = false;
    const version = versions.length + 1;
    versions.unshift({ id: idOf(32 + version), version, savedAt: new Date().toISOString(), savedBy, changes });
  };
  return {
    set: () => set,
    answers: {
      describe: os.policy.describe.handler(() => present()),
      save: os.policy.save.handler(async ({ input }) => {
        await setTimeout(300);
        if (othersSave) {
          othersSave = false;
          const classes = set.classes.map((each) =>
            each.name === 'CRITICAL' && each.backup ? { ...each, backup: { ...each.backup, retExtra: 90 } } : each,
          );
          keep({ ...set, classes, graceRetention: 45 }, 'anna@mailserver', [
            'RETEXTRA of the class CRITICAL is 90 instead of 180.',
          ]);
        }
        if (input.revision !== present().revision) fail('POLICY_CHANGED', { reason: 'anna@mailserver saved it.' });
        keep(input.set, 'root@workbench', ['The class STANDARD was changed.']);
        return present();
      }),
      history: os.policy.history.handler(() => ({ versions })),
    },
  };
}
