/** Sessions and macros of the real program, on a file volume. */
import { chmod, readFile, realpath, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliSandbox, jsonLines, LAUNCHER } from './cli-sandbox.ts';

const MIB = 1024 ** 2;
let sandbox: CliSandbox;

beforeAll(async () => {
  sandbox = await CliSandbox.create();
  await sandbox.ext4('disk.img', 20 * MIB, 100_000);
});

afterAll(() => sandbox[Symbol.asyncDispose]());

/** Runs it with a text as standard input. */
async function piped(text: string, ...args: string[]) {
  const child = sandbox.start(args);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  child.stdin.end(text);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...output };
}

describe('macros', () => {
  test('run every command, one that fails too, with one engine, and report the highest return code', async () => {
    await sandbox.file('inner.mac', 'dsmc query image\nno such command\nq im -det -\n -ina\n');
    const text = '* nightly\n/* and\n more */\nb im disk.img \\\n  -mode=selective\nmacro inner.mac\nq op\n';
    await sandbox.file('nightly.mac', text);
    const { code, stdout, stderr } = await sandbox.run(['mac', 'nightly.mac']);
    expect(code).toBe(12);
    // Created once, and opened by all.
    expect(stderr.match(/Created the repository/g)).toHaveLength(1);
    expect(stderr).toContain('“no” is not a command.');
    expect(stdout).toContain('Stillframe> b im disk.img -mode=selective\n');
    expect(stdout.indexOf('Stillframe> macro inner.mac')).toBeLessThan(stdout.indexOf('Stillframe> q im -det -ina'));
    expect(stdout).toMatch(/SFR1895I The highest return code of macro inner\.mac was 12\.[\s\S]*\nStillframe> q op/);
    expect(stdout).toMatch(/SFR1895I The highest return code of macro nightly\.mac was 12\.\n/);
  });

  test('hand their options on, and give JSON lines', async () => {
    await sandbox.file('two.mac', 'q im\nq im -json=no\nq vol -repository=/nowhere\n');
    const { code, stdout } = await sandbox.run(['macro', 'two.mac', '-json', `-rep=${sandbox.path('other')}`]);
    const documents = jsonLines(
      stdout
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .join('\n'),
    );
    expect(documents[0]).toMatchObject({ error: { code: 'REPOSITORY_NOT_FOUND' } });
    expect(documents.at(-1)).toMatchObject({
      type: 'result',
      command: 'macro',
      returnCode: 12,
      commands: [
        { line: 1, command: 'q im', returnCode: 12 },
        { line: 2, command: 'q im -json=no', returnCode: 12 },
        { line: 3, returnCode: 0 },
      ],
    });
    expect(code).toBe(12);
  });

  test('that run themselves end, passphrases in them are repeated nowhere', async () => {
    await sandbox.file('self.mac', 'macro self.mac\n');
    const endless = await sandbox.run(['macro', 'self.mac']);
    expect(endless).toMatchObject({ code: 12, stderr: expect.stringContaining('nested more than 10 deep') });
    await sandbox.file('secret.mac', 'q im -password=geheim\nq im "-pas=geheim" "\n');
    const { stdout, stderr } = await sandbox.run(['macro', 'secret.mac']);
    expect(`${stdout}${stderr}`).toContain('A quote is not closed.');
    expect(stderr).toContain('never taken from an argument');
    expect(stdout.split('\n')[0]).toBe('Stillframe> q …');
    expect(`${stdout}${stderr}`).not.toContain('geheim');
  });

  test('that cannot be read are told', async () => {
    expect(await sandbox.run(['macro', 'none.mac'])).toMatchObject({
      code: 12,
      stderr: expect.stringContaining('no such macro'),
    });
    expect((await sandbox.run(['macro', '.'])).stderr).toContain('cannot be read (EISDIR)');
  });
});

describe('commands from standard input', () => {
  test('run line by line until quit, with the highest return code', async () => {
    const { code, stdout, stderr } = await piped('q im\r\nbogus\nhelp codes\nquit\nq vol\n');
    expect(code).toBe(12);
    expect(stdout).toMatch(/disk\.img[\s\S]* 0 {2}Done\./);
    expect(stdout).not.toContain('ext4    /dev');
    expect(stderr).toContain('“bogus” is not a command.');
    expect(await piped('logoff')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect((await piped('loop')).stderr).toContain('running already');
  });

  test('with options for all of them', async () => {
    const { code, stdout } = await piped('q im\nnonsense', '-json');
    expect(code).toBe(12);
    expect(jsonLines(stdout)).toMatchObject([{ images: [{}] }, { error: { code: 'COMMAND_INVALID' } }]);
  });

  test('none at all is a question for help', async () => {
    expect(await piped('')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: stillframe COMMAND') });
  });
});

describe('at a terminal', () => {
  test('commands are typed, completed, remembered, and the session ends', async () => {
    await using own = await CliSandbox.create();
    const typed = ['que vol', 'q im -pass=geheim', 'wrong', 'quit'];
    const { code, stdout } = await own.runAtTerminal(
      [],
      typed.map((type) => ({ at: 'Stillframe> ', type })),
    );
    expect(stdout).toContain('“help” lists the commands');
    expect(stdout).toContain('“wrong” is not a command.');
    expect(code).toBe(12);
    const path = own.path('state/stillframe/history');
    expect(await readFile(path, 'utf8')).toBe('que vol\nwrong\nquit\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    // The passphrase was refused, and stands nowhere.
    expect(stdout.split('never taken from an argument')).toHaveLength(2);
  });

  test('the passphrase is asked for once, and what is begun with an interrupt is thrown away', async () => {
    await using own = await CliSandbox.create();
    const environment = { STILLFRAME_PASSWORD: 'geheim' };
    expect(await own.run(['init', `-repository=${own.path('r')}`], environment)).toMatchObject({ code: 0 });
    await own.file('config/stillframe/stillframe.opt', `repository ${own.path('r')}\n`);
    const { code, shown } = await typeAt(own, [
      { at: 'Stillframe> ', type: 'q im\r' },
      { at: 'Passphrase of', type: 'geheim\r' },
      { at: 'Stillframe> ', type: 'nonsense \\\r' },
      { at: '-> ', type: '\x03' },
      { at: 'Stillframe> ', type: 'key list\r' },
      { at: 'Stillframe> ', type: 'exit\r' },
    ]);
    expect(code).toBe(0);
    expect(shown.match(/Passphrase of/g)).toHaveLength(1);
    expect(shown).not.toContain('geheim');
  });

  test('Ctrl-C ends the command, not the session; Ctrl-D ends the session', async () => {
    await using own = await CliSandbox.create();
    const big = await own.ext4('big.img', 64 * MIB, 40 * MIB);
    const steps = [
      { at: 'Stillframe> ', type: `b im ${big} -compressionlevel=19\r` },
      { at: ' of 64.0 MiB', type: '\x03' },
      { at: 'Stillframe> ', type: 'check\r' },
      { at: 'Stillframe> ', type: '\x04' },
    ];
    const { code, shown } = await typeAt(own, steps);
    expect(shown).toContain('[CANCELLED]');
    expect(shown).toMatch(/Stillframe> .*check[\s\S]*Stillframe> /);
    expect(code).toBe(12);
  });

  test('a session that is told to terminate ends, also at its prompt', async () => {
    await using own = await CliSandbox.create();
    const { code } = await typeAt(own, [{ at: 'Stillframe> ', type: '' }], 'SIGTERM');
    expect(code).toBe(0);
  });
});

/** Types as things appear at a pseudo-terminal; then sends a signal to the program, where one is named. */
async function typeAt(own: CliSandbox, steps: { at: string; type: string }[], signal?: 'SIGTERM') {
  const command = [process.execPath, LAUNCHER].map((word) => `'${word}'`).join(' ');
  const pid = own.path('pid');
  const child = own.start([], {}, ['script', '-qefc', `echo $$ > '${pid}'; exec ${command}`, '/dev/null']);
  let shown = '';
  let seen = 0;
  let next = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk;
    const step = steps[next];
    if (step === undefined || !shown.slice(seen).includes(step.at)) return;
    next++;
    seen = shown.length;
    child.stdin.write(step.type);
    if (signal && next === steps.length) void readFile(pid, 'utf8').then((text) => process.kill(Number(text), signal));
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, shown };
}

describe('the name dsmc', () => {
  test('is installed where there is none, shown in help, and never taken from another program', async () => {
    const where = { PATH: `${sandbox.path('bin')}:${process.env.PATH ?? ''}` };
    await sandbox.file('bin/x', '');
    const launched = await sandbox.run(['install', 'dsmc', 'bin'], where);
    expect(launched).toMatchObject({ code: 0, stderr: '' });
    const link = sandbox.path('bin/dsmc');
    expect(await realpath(link)).toBe(LAUNCHER);
    expect((await sandbox.run(['install', 'dsmc', 'bin'], where)).stdout).toContain('is this program already');
    expect((await sandbox.run(['help', 'check'], {}, [link])).stdout).toMatch(/^Usage: dsmc Check/);
    const wrong = await sandbox.run(['b', 'im', '-x'], {}, [link]);
    expect(wrong.stderr).toContain('“dsmc help backup image” lists its options.');

    await sandbox.file('real/dsmc', '#!/bin/sh\n');
    await chmod(sandbox.path('real/dsmc'), 0o755);
    const refused = await sandbox.run(['install', 'dsmc', 'bin'], {
      PATH: `${sandbox.path('real')}:${process.env.PATH ?? ''}`,
    });
    expect(refused).toMatchObject({ code: 12, stderr: expect.stringContaining(sandbox.path('real/dsmc')) });
    expect(await readFile(sandbox.path('real/dsmc'), 'utf8')).toBe('#!/bin/sh\n');
  });
});
