/** Preferences answered from canned data. With `--conflict` somebody else edits the file before the first save. */
import { setTimeout } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { contract, type ImageRule, type PreferenceImport, type RuleTest } from '#contract';
import { fail } from './fixture-backup.ts';
import { FixtureOptionsFile, problemsOf } from './fixture-options-file.ts';

const os = implement(contract);

/** `*` and `?` as in file names. */
function matches(pattern: string, volume: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(volume);
}

function ruleTest(file: FixtureOptionsFile, volume: string, rules: readonly ImageRule[]): RuleTest {
  const { options, path, rules: placed } = file.describe();
  const evaluated: RuleTest['evaluated'] = [];
  for (let rule = rules.length - 1; rule >= 0; rule -= 1) {
    const pattern = rules[rule]?.pattern ?? '';
    evaluated.push({ rule, matches: matches(pattern, volume) });
    if (matches(pattern, volume)) break;
  }
  const last = evaluated.at(-1);
  const match = last?.matches ? rules[last.rule] : undefined;
  return {
    volume,
    evaluated,
    excluded: match?.kind === 'exclude.image',
    managementClass: match?.managementClass || 'STANDARD',
    options: options
      .filter((option) => option.places.includes('rule'))
      .map(({ name, value, source }) => {
        const own = match?.options[name];
        const line = placed[last?.rule ?? 0]?.line ?? 1;
        return own === undefined
          ? { name, value, source }
          : { name, value: own, source: { from: 'rule' as const, path, line } };
      }),
  };
}

const FOREIGN: Omit<PreferenceImport, 'path'> = {
  changes: {
    set: { compression: 'no', imagegapsize: '256k', snapshotproviderimage: 'LINUX_LVM', passwordaccess: 'prompt' },
    rules: [
      { kind: 'include.image', pattern: '/data/*', managementClass: 'MC_IMAGE', options: { dynamicimage: 'yes' } },
      { kind: 'exclude.image', pattern: '/data/scratch', managementClass: '', options: {} },
    ],
    domain: ['/data/sales', '/home'],
  },
  understood: [
    { line: 4, text: 'PASSWORDAccess prompt', as: 'passwordaccess prompt' },
    { line: 9, text: 'COMPRESSIon no', as: 'compression no' },
    { line: 12, text: 'IMAGEGapsize 256k', as: 'imagegapsize 256k' },
    { line: 13, text: 'snapshotproviderimage linux_lvm', as: 'snapshotproviderimage LINUX_LVM' },
    { line: 20, text: 'domain.image /data/sales /home', as: 'domain.image /data/sales /home' },
    { line: 22, text: 'include.image /data/* MC_IMAGE dynamicimage=yes', as: 'include.image /data/* MC_IMAGE …' },
    { line: 23, text: 'exclude.image /data/scratch', as: 'exclude.image /data/scratch' },
  ],
  notUnderstood: [
    { line: 2, text: 'SErvername TSMPROD1', reason: 'Stillframe has no server; images go to a repository.' },
    {
      line: 3,
      text: 'TCPServeraddress tsm1.example.org',
      reason: 'Stillframe has no server; images go to a repository.',
    },
    { line: 16, text: 'ENCRYPTIONType AES128', reason: 'everything in a repository is encrypted, always.' },
    {
      line: 25,
      text: 'include /home/.../* MC_FILES',
      reason: 'Stillframe makes images of whole volumes; there are no rules for single files.',
    },
  ],
};

export function preferencesAnswers() {
  const file = new FixtureOptionsFile();
  let conflict = process.argv.includes('--conflict');
  return {
    describe: os.preferences.describe.handler(() => file.describe()),
    check: os.preferences.check.handler(({ input }) => ({ problems: problemsOf(input) })),
    save: os.preferences.save.handler(async ({ input }) => {
      await setTimeout(300);
      if (conflict) {
        conflict = false;
        file.touch();
      }
      if (!file.isAt(input.revision)) fail('OPTIONS_CHANGED', { file: file.describe().path });
      const [problem] = problemsOf(input.changes);
      if (problem) fail('OPTION_INVALID', { option: problem.option ?? '', reason: problem.reason });
      file.apply(input.changes);
      return file.describe();
    }),
    test: os.preferences.test.handler(({ input }) =>
      ruleTest(file, input.volume, input.rules ?? file.describe().rules),
    ),
    readForeign: os.preferences.readForeign.handler(async ({ input }) => {
      await setTimeout(300);
      if (!/dsm|\.opt$|\.sys$/.test(input.path))
        fail('OPTION_INVALID', {
          file: input.path,
          reason: 'Only options files can be imported: dsm.opt, dsm.sys and the like.',
        });
      return { ...FOREIGN, path: input.path };
    }),
  };
}
