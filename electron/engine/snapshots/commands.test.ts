/** The contract of presnapshotcmd and postsnapshotcmd, with a real shell. */
import { access, chmod, readFile, writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { postsnapshotWarning, presnapshotFailed, runSnapshotCommand, type SnapshotCommand } from './commands.ts';
import { sleep } from './sleep.ts';

const VOLUME = { name: '/dev/vg0/home', mounts: [] };
const mountAt = (mountPoint: string) => ({ mountPoint, readOnly: false, options: 'rw', fsType: 'ext4' });

let workspace: Workspace;
/** Lines that commands printed, by the log. */
let printed: string[];

beforeEach(async () => {
  workspace = await createWorkspace();
  vi.stubEnv('DIR', workspace.folder);
  printed = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await workspace[Symbol.asyncDispose]();
});

function run(command: string, options: Partial<SnapshotCommand> = {}) {
  const other = () => undefined;
  return runSnapshotCommand({
    when: 'pre',
    command,
    volume: VOLUME,
    runId: '0123456789abcdef',
    timeLimitMs: 30_000,
    graceMs: 200,
    logger: { debug: other, info: (_, fields) => void printed.push(String(fields?.line)), warn: other, error: other },
    ...options,
  });
}

const saved = (name: string) => readFile(workspace.path(name), 'utf8');

/** A process id that a command wrote; waits for it. */
async function savedPid(name: string): Promise<number> {
  for (;;) {
    const pid = Number(await saved(name).catch(() => ''));
    if (pid > 0) return pid;
    await sleep(10);
  }
}

/** A zombie that init has not noticed yet has ended too. */
async function hasEnded(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat === undefined || /\) [ZX] /.test(stat);
}

describe('a command that ends by itself', () => {
  test('success', async () => {
    expect(await run('echo quiesced; true')).toEqual({ ok: true, output: 'quiesced' });
    expect(printed).toEqual(['quiesced']);
  });

  test.each(['', ' ', '\n\t'])('%j is none', async (blank) => {
    expect(await run(blank)).toEqual({ ok: true, output: '' });
    expect(printed).toEqual([]);
  });

  test('failure', async () => {
    expect(await run('echo cannot lock >&2; exit 3')).toEqual({
      ok: false,
      exitCode: 3,
      timedOut: false,
      reason: 'ended with exit code 3',
      output: 'cannot lock',
    });
  });

  test('a missing program', async () => {
    expect(await run('/nonexistent/quiesce --now')).toMatchObject({
      ok: false,
      exitCode: 127,
      reason: 'ended with exit code 127: a program in it was not found',
      output: expect.stringContaining('/nonexistent/quiesce'),
    });
  });

  test('a program that may not be executed', async () => {
    await writeFile(workspace.path('tool'), '#!/bin/sh\n');
    await chmod(workspace.path('tool'), 0o600);
    expect(await run('"$DIR/tool"')).toMatchObject({
      ok: false,
      exitCode: 126,
      reason: 'ended with exit code 126: a program in it cannot be executed',
    });
  });

  test('an end by a signal, its own or that of a program', async () => {
    expect(await run('kill -KILL $$')).toMatchObject({ signal: 'SIGKILL', reason: 'was ended by SIGKILL' });
    expect(await run("sh -c 'kill -SEGV $$'; exit $?")).toMatchObject({ ok: false, exitCode: 139 });
  });

  test('text that the shell does not understand', async () => {
    expect(await run("echo 'not closed")).toMatchObject({ ok: false, exitCode: expect.any(Number) });
  });

  test('a text that begins with a hyphen is no option of the shell', async () => {
    expect(await run('-e; echo done')).toMatchObject({ ok: true });
    expect(printed).toContain('done');
  });

  test('stands in /, with nothing to read, in a session of its own', async () => {
    expect(await run('pwd; cat; ps -o sid= -p $$ | tr -d " "; echo $$')).toMatchObject({ ok: true });
    const [folder, session, pid] = printed;
    expect(folder).toBe('/');
    expect(session).toBe(pid);
  });
});

describe('output', () => {
  test('both streams in the order in which they were written', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done';
    expect(await run(script)).toMatchObject({ ok: true });
    expect(printed).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((i) => [`out ${i}`, `err ${i}`]));
  });

  test('can be written to by name', async () => {
    expect(await run('echo a > /dev/stderr && echo b > /dev/stdout')).toMatchObject({ ok: true });
    expect(printed).toEqual(['a', 'b']);
  });

  test('goes another way where the temporary folder cannot be written', async () => {
    vi.stubEnv('TMPDIR', '/nonexistent');
    expect(await run('echo out; echo err >&2; exit 1')).toMatchObject({ ok: false, exitCode: 1 });
    expect(printed.toSorted()).toEqual(['err', 'out']);
  });

  test('50 MB of it are not kept', async () => {
    // What waits to be collected is not kept.
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const size = () => {
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const before = size();
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, size());
    }, 10);
    const script = 'head -c 25000000 /dev/zero | tr "\\0" x; yes | head -c 25000000; echo; echo the end; exit 1';
    const result = await run(script);
    clearInterval(watching);
    expect(result).toMatchObject({ ok: false, exitCode: 1, output: expect.stringMatching(/^…[\s\S]*\nthe end$/) });
    expect(JSON.stringify(result).length).toBeLessThan(9000);
    expect(printed.join('').length).toBeLessThan(2_000_000);
    expect(most).toBeGreaterThan(0);
    expect(most - before).toBeLessThan(16_000_000);
  });

  test('a background program that keeps it open is not waited for, and lives', async () => {
    const script =
      'sh -c \'echo $$ > "$DIR/pid"; sleep 2; echo still writing; touch "$DIR/alive"; exec sleep 60\' & exit 0';
    expect(await run(script)).toMatchObject({ ok: true });
    const pid = await savedPid('pid');
    try {
      expect(await hasEnded(pid)).toBe(false);
      // Its output is read and left alone, so that the pipe does not break under it.
      for (
        let left = 500;
        left > 0 &&
        !(await saved('alive').then(
          () => true,
          () => false,
        ));
        left--
      )
        await sleep(20);
      await access(workspace.path('alive'));
      expect(await hasEnded(pid)).toBe(false);
      expect(printed).not.toContain('still writing');
    } finally {
      process.kill(pid, 'SIGKILL');
    }
  });
});

describe('what the command is told', () => {
  const HOSTILE = `/mnt/a "b" 'c' $(touch "$DIR/x") \`touch "$DIR/x"\`; touch "$DIR/x"\n\\ | & > * ~ %s #`;

  test('a name is never part of the command, and arrives as it is', async () => {
    const volume = { name: HOSTILE, mounts: [mountAt(HOSTILE), mountAt('/second')] };
    const script = 'printf %s "$STILLFRAME_VOLUME" > "$DIR/volume"; printf %s "$STILLFRAME_MOUNT_POINT" > "$DIR/mount"';
    expect(await run(script, { volume })).toMatchObject({ ok: true });
    expect(await saved('volume')).toBe(HOSTILE);
    expect(await saved('mount')).toBe(HOSTILE);
    await expect(access(workspace.path('x'))).rejects.toThrow();
  });

  test('phase, run and snapshot', async () => {
    await run('env');
    expect(printed).toEqual(
      expect.arrayContaining(['STILLFRAME_WHEN=pre', 'STILLFRAME_RUN_ID=0123456789abcdef', 'STILLFRAME_MOUNT_POINT=']),
    );
    expect(printed.join('\n')).not.toContain('STILLFRAME_SNAPSHOT');
    await run('env', { when: 'post', snapshotState: 'failed' });
    expect(printed).toEqual(expect.arrayContaining(['STILLFRAME_WHEN=post', 'STILLFRAME_SNAPSHOT=failed']));
  });

  test('the environment, without secrets of ours', async () => {
    const secrets = [
      'STILLFRAME_PASSWORD',
      'STILLFRAME_PASSWORD_FILE',
      'RESTIC_PASSWORD',
      'RESTIC_PASSWORD_COMMAND',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
    ];
    for (const name of secrets) vi.stubEnv(name, 'SECRET');
    vi.stubEnv('PGUSER', 'ada');
    await run('env');
    expect(printed.join('\n')).not.toContain('SECRET');
    expect(printed).toContain('PGUSER=ada');
  });

  test('a name that no variable can hold is a failure, not a crash', async () => {
    expect(await run('true', { volume: { name: 'a\0b', mounts: [] } })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^could not be started \(.*\)$/s),
    });
  });
});

describe('a command that does not end', () => {
  test('is ended by the time limit', async () => {
    expect(await run('echo waiting; sleep 60; true', { timeLimitMs: 1000 })).toEqual({
      ok: false,
      signal: 'SIGTERM',
      timedOut: true,
      reason: 'took longer than 1 seconds (snapshotcmdtimelimit) and was ended',
      output: 'waiting',
    });
  });

  test('one that succeeds when it is told to end has failed all the same', async () => {
    const script = 'trap "exit 0" TERM; while :; do sleep 0.05; done';
    expect(await run(script, { timeLimitMs: 300 })).toMatchObject({ ok: false, exitCode: 0, timedOut: true });
  });

  test('is killed with all its programs where they do not listen', async () => {
    const child = 'sh -c \'trap "" TERM; echo $$ > "$DIR/child"; while :; do sleep 0.05; done\'';
    const script = `trap "" TERM; echo $$ > "$DIR/shell"; ${child} & while :; do sleep 0.05; done`;
    expect(await run(script, { timeLimitMs: 500 })).toMatchObject({ ok: false, signal: 'SIGKILL', timedOut: true });
    expect(await hasEnded(await savedPid('shell'))).toBe(true);
    expect(await hasEnded(await savedPid('child'))).toBe(true);
  });

  test('a child that does not listen is killed too where the shell does', async () => {
    const child = 'sh -c \'trap "" TERM; echo $$ > "$DIR/child"; while :; do sleep 0.05; done\'';
    expect(await run(`${child} & wait`, { timeLimitMs: 500 })).toMatchObject({ ok: false, timedOut: true });
    expect(await hasEnded(await savedPid('child'))).toBe(true);
  });

  test('is ended by a cancel', async () => {
    const controller = new AbortController();
    const running = run('echo $$ > "$DIR/shell"; sleep 60; true', { signal: controller.signal });
    const pid = await savedPid('shell');
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await hasEnded(pid)).toBe(true);
  });

  test('keeps the reason of whoever aborted', async () => {
    const controller = new AbortController();
    const running = run('sleep 60', { signal: controller.signal });
    controller.abort(new EngineError('REPOSITORY_LOCK_LOST'));
    await expect(running).rejects.toMatchObject({ code: 'REPOSITORY_LOCK_LOST' });
  });

  test('does not begin after a cancel', async () => {
    await expect(run('touch "$DIR/x"', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(access(workspace.path('x'))).rejects.toThrow();
  });
});

test('a pipe for output leaves nothing in the temporary folder', async () => {
  vi.stubEnv('TMPDIR', workspace.folder);
  await run('ls -A "$DIR"');
  expect(printed).toEqual([]);
});

test('what becomes of failures', async () => {
  const failed = await run('echo first; echo lock held; exit 4');
  if (failed.ok) throw new Error('it succeeded');
  expect(presnapshotFailed(VOLUME, failed)).toMatchObject({
    code: 'SNAPSHOT_COMMAND_FAILED',
    details: {
      volume: '/dev/vg0/home',
      reason: 'presnapshotcmd ended with exit code 4.',
      exitCode: 4,
      output: 'first\nlock held',
      remedy: 'Correct the command, or set presnapshotcmd to "" to do without.',
    },
  });
  expect(postsnapshotWarning(VOLUME, failed)).toBe(
    'postsnapshotcmd of /dev/vg0/home ended with exit code 4; the application may still be paused. It said: first / lock held',
  );
  expect(postsnapshotWarning(VOLUME, { ...failed, output: '' })).not.toContain('It said');
});
