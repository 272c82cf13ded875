/** Online Image Support and keys answered from canned data. */
import { setTimeout } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { contract, type ProviderSupport, type RepositoryKey } from '#contract';
import { fail } from './fixture-backup.ts';

const os = implement(contract);
const GIB = 1024 ** 3;

const PROVIDERS: ProviderSupport[] = [
  {
    provider: 'LINUX_LVM',
    state: 'installable',
    status:
      'LVM is installed. The programs that compare thin snapshots are missing, so every run reads everything in use.',
    actions: [
      {
        action: 'install',
        command: 'apt-get install --yes lvm2 thin-provisioning-tools',
        effect: 'Installs the programs of LVM and those that compare thin snapshots.',
      },
    ],
    spaces: [{ name: 'vg0', freeBytes: 20 * GIB, totalBytes: 931 * GIB }],
  },
  {
    provider: 'REFLINK',
    state: 'ready',
    status: 'For volumes in image files on xfs or btrfs. It is part of the kernel: nothing has to be installed.',
    actions: [],
    spaces: [],
  },
  {
    provider: 'FREEZE',
    state: 'ready',
    status:
      'Any mounted file system is frozen while its image is taken; programs that write to it wait. It is part of the kernel.',
    actions: [],
    spaces: [],
  },
  { provider: 'VSS', state: 'absent', status: 'Only on Windows.', actions: [], spaces: [] },
  { provider: 'JFS2', state: 'absent', status: 'Only on AIX.', actions: [], spaces: [] },
];

export function supportAnswers() {
  let providers = PROVIDERS;
  return {
    providers: os.support.providers.handler(async () => {
      await setTimeout(300);
      return { providers };
    }),
    run: os.support.run.handler(async () => {
      await setTimeout(1200);
      providers = PROVIDERS.map((one) =>
        one.provider === 'LINUX_LVM' ? { ...one, state: 'ready' as const, actions: [] } : one,
      );
      return {
        succeeded: true,
        output: 'Reading package lists...\nSetting up thin-provisioning-tools (0.9.0-2) ...\n',
      };
    }),
  };
}

const key = (digit: string, created: string, current: boolean): RepositoryKey => ({
  id: digit.repeat(64),
  username: 'root',
  hostname: 'workbench',
  created,
  current,
});

export function keyAnswers() {
  const keys = [
    key('a', '2026-03-02T09:12:44.123456789+01:00', true),
    key('4', '2026-03-02T09:12:46Z', false),
    key('9', '2026-10-19T18:40:00Z', false),
  ];
  return {
    keys: os.repository.keys.handler(() => ({ keys })),
    changePassphrase: os.repository.changePassphrase.handler(async ({ input }) => {
      await setTimeout(500);
      if (input.current !== undefined && input.current !== 'correct horse') fail('PASSPHRASE_WRONG');
      keys.push(key('c', new Date().toISOString(), false));
      return {};
    }),
    addRecoveryKey: os.repository.addRecoveryKey.handler(() => {
      keys.push(key('e', new Date().toISOString(), false));
      return { recoveryKey: 'KQ7M2-2RTD9-9XWFH-HB4N6-6VJCP-PZ3A8-8YGE5-5SLU7' };
    }),
    removeKey: os.repository.removeKey.handler(({ input }) => {
      keys.splice(
        keys.findIndex(({ id }) => id === input.id),
        1,
      );
      return {};
    }),
  };
}
