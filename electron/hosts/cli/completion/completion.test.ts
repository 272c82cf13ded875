/** The scripts in the real shells, as far as those are installed. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS, commandName } from '../command-table.ts';
import { optionsOf } from '../option-words.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const run = promisify(execFile);
let folder: string;

function has(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'exit 0'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillframe-completion-'));
  await mkdir(join(folder, 'bin'));
  // What the scripts ask for the names of volumes; the real one is tested where commands are.
  const program = '#!/bin/sh\n[ "$*" = "completion volumes" ] && printf "%s\\n" /dev/sda1 /dev/sdb1 /home\n';
  await writeFile(join(folder, 'bin', 'stillframe'), program, { mode: 0o755 });
  await writeFile(join(folder, 'night.mac'), '');
  await writeFile(join(folder, 'my pass.txt'), '');
  const scripts = { bash: bashScript(), zsh: zshScript(), fish: fishScript() };
  for (const [shell, lines] of Object.entries(scripts)) await writeFile(join(folder, `c.${shell}`), lines.join('\n'));
});

afterAll(() => rm(folder, { recursive: true }));

function environment() {
  return { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`, HOME: folder, TERM: 'xterm' };
}

/** What bash offers: it splits words at `=` as it does at a prompt. */
async function bash(line: string): Promise<string[]> {
  const words = line.split(' ').flatMap((word) => word.split(/(=)/).filter((part, i) => part !== '' || i === 0));
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `source c.bash; COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${quoted})
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _stillframe stillframe; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['--norc', '-c', script], { cwd: folder, env: environment() });
  return stdout.split('\n').filter((word) => word !== '');
}

/** What fish offers, without what it says about it; in front of a value fish repeats the option. */
async function fish(line: string): Promise<string[]> {
  const script = `source c.fish; complete -C '${line}'`;
  const { stdout } = await run('fish', ['--no-config', '-c', script], { cwd: folder, env: environment() });
  return stdout
    .split('\n')
    .filter((word) => word !== '')
    .map((word) => word.replace(/\t.*/s, '').replace(/^-+\w+=(?=.)/, ''));
}

/** Lines, and what is offered among others; `undefined` where nothing is. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['stillframe rest', ['restore']],
  ['stillframe REST', ['restore']],
  ['stillframe k ', ['list', 'add', 'remove']],
  ['stillframe key re', ['remove']],
  ['stillframe b im -snapshotcachel', ['-snapshotcachelocation=']],
  ['stillframe b im /home --imageg', ['--imagegapsize=']],
  ['stillframe b im -mo=', ['selective', 'incremental']],
  ['stillframe b im -mode=sel', ['selective']],
  ['stillframe q im -detail=', ['yes', 'no']],
  ['stillframe q im -passwordfile=ni', ['night.mac']],
  ['stillframe b im /dev/sd', ['/dev/sda1', '/dev/sdb1']],
  ['stillframe mac ni', ['night.mac']],
  ['stillframe completion z', ['zsh']],
  ['stillframe help syn', ['syntax']],
  ['stillframe h k r', ['remove']],
];

for (const [name, shell] of [
  ['bash', bash],
  ['fish', fish],
] as const) {
  describe.skipIf(!has(name))(`in ${name}`, () => {
    test.each(CASES)('%j', async (line, expected) => {
      const offered = await shell(line);
      expect([...offered].sort()).toEqual(expect.arrayContaining([...expected].sort()));
      if (!line.includes('ni') && !line.includes('/dev')) expect(offered).toHaveLength(expected.length);
    });

    test('nothing is offered where nothing can stand', async () => {
      expect(await shell('stillframe nonsense ')).toEqual([]);
      expect(await shell('stillframe q im -nonsense=')).toEqual([]);
      expect(await shell('stillframe help q im -')).toEqual([]);
    });

    test('every option of every command is offered, by its abbreviated name, too', async () => {
      for (const row of COMMANDS.slice(0, 6)) {
        const offered = await shell(`stillframe ${commandName(row)} -`);
        const names = optionsOf(row).map(({ name: option, kind }) => `-${option}${kind === 'flag' ? '' : '='}`);
        expect([commandName(row), [...offered].sort()]).toEqual([commandName(row), [...names].sort()]);
      }
    });
  });
}

describe.skipIf(!has('zsh'))('in zsh', () => {
  test('words, options and values are completed at its prompt', async () => {
    const lines = [
      'stillframe rest',
      'stillframe key rem',
      'stillframe b im -snapshotcachel',
      'stillframe b im -mode=sel',
      'stillframe mac ni',
    ];
    const script = [
      'zmodload zsh/zpty; zpty z zsh -f -i',
      // Said once the shell is ready, and after each key press.
      `zpty -w z "PS1=; autoload -Uz compinit; compinit -u -D; source c.zsh; bindkey '^X' accept-line; print REA''DY"`,
      'wait_for() { local all= part; while zpty -r z part; do all+=$part; [[ $all == *$1* ]] && break; done; print -r -- "$all"; }',
      'wait_for READY >/dev/null',
      // The line is not run but shown.
      `zpty -w z "show() { print -r -- \\"LINE<\\$BUFFER>\\"; BUFFER=; zle .accept-line }; zle -N show; bindkey '^X' show; print REA''DY2"`,
      'wait_for READY2 >/dev/null',
      ...lines.map((line) => `zpty -w -n z '${line}'$'\\t\\x18'; wait_for '>' `),
    ].join('\n');
    const { stdout } = await run('zsh', ['-f', '-c', script], { cwd: folder, env: environment(), timeout: 30_000 });
    const found = [...stdout.matchAll(/LINE<([^>]*)>/g)].map(([, line = '']) => line.trimEnd());
    expect(found).toEqual([
      'stillframe restore',
      'stillframe key remove',
      'stillframe b im -snapshotcachelocation=',
      'stillframe b im -mode=selective',
      'stillframe mac night.mac',
    ]);
  });
});
