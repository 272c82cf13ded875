/** A canned options file: what it holds, what may be saved in it, and what is described of it. */
import type { ImageRule, OptionDescription, PreferenceChanges, PreferenceProblem, Preferences } from '#contract';
import { OPTIONS } from './fixture-options.ts';

const PATH = '/root/.config/stillframe/stillframe.opt';

/** What the environment of the engine says; it is stronger than the file. */
const ENVIRONMENT: Readonly<Record<string, { variable: string; value: string }>> = {
  passwordfile: { variable: 'STILLFRAME_PASSWORD_FILE', value: '/run/secrets/stillframe-passphrase' },
};

const WAIT = /^\d{1,3}(s|ms)?(,\d{1,3}(s|ms)?)?$/i;

function reasonAgainst(option: OptionDescription, text: string): string | undefined {
  const { type, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = option;
  if (option.locked) return 'Commands are set in the options file by an administrator, not here.';
  if (type === 'integer') {
    if (!/^\d+$/.test(text)) return 'The value must be a whole number.';
    if (Number(text) < minimum || Number(text) > maximum) return 'The value is out of range.';
  }
  if (type === 'size') {
    const [, digits, unit = 'k'] = /^(\d+)([kmg])?$/i.exec(text) ?? [];
    if (digits === undefined) return 'The value must be a whole number, optionally followed by k, m or g.';
    const bytes = Number(digits) * 1024 ** (['k', 'm', 'g'].indexOf(unit.toLowerCase()) + 1);
    if (bytes < minimum || bytes > maximum) return 'The value is out of range.';
  }
  if (type === 'wait' && !WAIT.test(text)) return 'The value must be a time like 2s or 500ms, or two of them.';
  if (type === 'path' && text === '') return 'The value must not be empty.';
  if (type === 'text' && !/^[\p{L}\p{N}._-]{1,30}$/u.test(text))
    return 'The value must be 1 to 30 letters, digits, dots, underscores or hyphens.';
  return undefined;
}

/** The option's own answer to a text; undefined where it may be set. */
function problemOf(name: string, text: string, rule?: number): PreferenceProblem | undefined {
  const option = OPTIONS.find((each) => each.name === name);
  const place = { option: name, ...(rule === undefined ? {} : { rule }) };
  if (!option) return { ...place, reason: 'There is no such option.', allowed: '' };
  const reason = rule !== undefined && option.locked ? undefined : reasonAgainst(option, text);
  return reason === undefined ? undefined : { ...place, reason, allowed: option.allowed };
}

function problemsOfRule(rule: ImageRule, index: number): PreferenceProblem[] {
  const own = Object.entries(rule.options).map(([name, text]) => problemOf(name, text, index));
  const reason = 'The pattern must be an absolute path.';
  const allowed = 'a volume name or mount point; * ? and […] as in file names';
  if (!rule.pattern.startsWith('/') && !rule.pattern.startsWith('*')) own.push({ rule: index, reason, allowed });
  return own.filter((problem) => problem !== undefined);
}

export function problemsOf({ set = {}, rules = [] }: PreferenceChanges): PreferenceProblem[] {
  const ofOptions = Object.entries(set).map(([name, text]) => problemOf(name, text));
  return [...ofOptions.filter((problem) => problem !== undefined), ...rules.flatMap(problemsOfRule)];
}

/** The file in memory; a few of its lines are comments. */
export class FixtureOptionsFile {
  #revision = 1;
  #texts: Record<string, string> = {
    repository: '/mnt/backup/stillframe',
    passwordfile: '/root/.config/stillframe/passphrase',
    imagegapsize: '1m',
    snapshotcachesize: '20',
    snapshotproviderimage: 'LINUX_LVM',
    presnapshotcmd: '/usr/local/sbin/quiesce-database --wait 30',
    notifyafter: '30',
    verifyimage: 'no',
  };
  #rules: ImageRule[] = [
    { kind: 'include.image', pattern: '/dev/mapper/vg0-*', managementClass: '', options: { compressionlevel: '3' } },
    {
      kind: 'include.image',
      pattern: '/srv/mail',
      managementClass: 'MAIL',
      options: { imagetype: 'snapshot', snapshotcachesize: '40', presnapshotcmd: '/usr/local/sbin/quiesce-mail' },
    },
    {
      kind: 'include.image',
      pattern: '/srv/projects-of-the-last-ten-years-and-their-build-outputs/*',
      managementClass: 'LONGTERM',
      options: { imagegapsize: '64k' },
    },
    { kind: 'exclude.image', pattern: '/srv/machines/*.tmp.img', managementClass: '', options: {} },
  ];
  #domain = ['/home', '/srv/mail', '/dev/sdb1'];

  /** Somebody else edits it. */
  touch(): void {
    this.#revision += 1;
    this.#texts.snapshotcachesize = '35';
    this.#rules.push({ kind: 'exclude.image', pattern: '/dev/sdb5', managementClass: '', options: {} });
  }

  isAt(revision: string): boolean {
    return revision === String(this.#revision);
  }

  describe(): Preferences {
    const names = Object.keys(this.#texts);
    const firstRule = names.length + 8;
    const options = OPTIONS.map((option): OptionDescription => {
      const fileValue = option.name === 'domain.image' ? this.#domain.join(' ') : this.#texts[option.name];
      const given = ENVIRONMENT[option.name];
      const line = names.indexOf(option.name) + 4;
      if (given)
        return {
          ...option,
          value: given.value,
          source: { from: 'environment', variable: given.variable },
          ...(fileValue === undefined ? {} : { fileValue }),
        };
      if (fileValue === undefined) return option;
      return { ...option, value: fileValue, fileValue, source: { from: 'file', path: PATH, line: Math.max(3, line) } };
    });
    return {
      path: PATH,
      exists: true,
      revision: String(this.#revision),
      options,
      rules: this.#rules.map((rule, index) => ({ ...rule, line: firstRule + index })),
      domain: [...this.#domain],
      warnings: [`${PATH}, line 31: the option “tapeprompt” is not known; the line was ignored.`],
    };
  }

  apply({ set = {}, unset = [], rules, domain }: PreferenceChanges): void {
    this.#revision += 1;
    this.#texts = { ...this.#texts, ...set };
    for (const name of unset) delete this.#texts[name];
    if (rules) this.#rules = rules;
    if (domain) this.#domain = domain;
  }
}
