/** The commands about schedules, by the real program, on a computer whose systemd is a stand-in. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { livingProcessRecord } from '#engine/testing/living-process.ts';
import { SystemdStand } from '#engine/testing/systemd-stand.ts';
import { CliSandbox, jsonLines } from '../cli-sandbox.ts';

const MIB = 1024 ** 2;
const command = promisify(execFile);

let sandbox: CliSandbox;
let volume: string;

beforeAll(async () => {
  sandbox = await CliSandbox.create();
  volume = await sandbox.ext4('my disk 100%.img', 20 * MIB, 1000);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function json(...args: string[]) {
  const { code, stdout, stderr } = await sandbox.run([...args, '-json']);
  return { code, stderr, last: jsonLines(stdout).at(-1) ?? {} };
}

test('without systemd the line for cron is printed, and does what it says', async () => {
  expect((await sandbox.run(['q', 'sch'])).stdout).toBe('There is no schedule. “stillframe schedule add” makes one.\n');
  const added = await sandbox.run(['schedule', 'add', 'nightly', 'my disk 100%.img', '-days=workdays', '-time=4:15']);
  expect(added).toMatchObject({ code: 8, stderr: expect.stringContaining('systemd does not run on this computer') });
  const line = added.stdout.split('\n').find((one) => one.startsWith('15 4 * * 1,2,3,4,5 ')) ?? '';
  expect(line).not.toContain('%');
  // As cron would start it: nothing but what stands in the line.
  const { stdout } = await command('/bin/sh', ['-c', line.split(' ').slice(5).join(' ')], { env: {}, cwd: '/' });
  expect(stdout).toContain(`Image backup of '${volume}' finished without failure.`);

  const { last } = await json('query', 'schedule', 'nightly');
  expect(last).toMatchObject({
    schedules: [{ name: 'nightly', volumes: [volume], state: 'missing', startedBy: 'cron', lastState: 'succeeded' }],
    support: { systemd: 'none' },
  });
  const detail = await sandbox.run(['q', 'schedule', '-detail']);
  expect(detail.stdout).toMatch(/When +mon,tue,wed,thu,fri 04:15\n/);
  expect(detail.stdout).toMatch(/Started by +nothing starts it\n/);
});

test('what runs already is skipped with 4', async () => {
  await mkdir(sandbox.path('state/stillframe/schedules'), { recursive: true });
  const record = await sandbox.file('state/stillframe/schedules/nightly.running', await livingProcessRecord());
  const skipped = await json('backup', 'image', volume, '-scheduled=nightly');
  expect(skipped).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/Skipped: The schedule nightly is running already\.\n/),
    last: { type: 'result', returnCode: 4, schedule: 'nightly', skipped: 'The schedule nightly is running already.' },
  });
  await writeFile(record, 'of a dead process');
  expect((await json('check', '-scheduled=nightly')).code).toBe(0);
});

test('nothing is changed by what is wrong', async () => {
  const before = await readFile(sandbox.path('config/stillframe/schedules.json'), 'utf8');
  for (const [line, code] of [
    ['schedule add nightly', 'SCHEDULE_INVALID'],
    ['schedule add Nightly', 'SCHEDULE_INVALID'],
    ['schedule add a -action=expire /x', 'SCHEDULE_INVALID'],
    ['schedule add a -time=24:00', 'OPTION_INVALID'],
    ['schedule add a -days=someday', 'OPTION_INVALID'],
    ['schedule change nothing -time=03:00', 'SCHEDULE_NOT_FOUND'],
    ['schedule remove nothing -noprompt', 'SCHEDULE_NOT_FOUND'],
    ['schedule remove nightly', 'DELETION_NOT_CONFIRMED'],
    ['query schedule nothing', 'SCHEDULE_NOT_FOUND'],
  ] as const) {
    expect(await json(...line.split(' ')), line).toMatchObject({ code: 12, last: { error: { code } } });
  }
  expect(await readFile(sandbox.path('config/stillframe/schedules.json'), 'utf8')).toBe(before);
});

test.runIf(process.getuid?.() === 0)('with systemd a timer is installed, changed and removed', async () => {
  const stand = await SystemdStand.create(sandbox.path('computer'));
  const changed = await json('sch', 'ch', 'nightly', '-ra=30', '-catchup=no');
  expect(changed).toMatchObject({
    code: 0,
    last: { schedule: { startedBy: 'systemd', state: 'installed', randomDelayMinutes: 30, time: '04:15' } },
  });
  const timer = await readFile(`${stand.units}/stillframe-nightly.timer`, 'utf8');
  expect(timer).toMatch(/RandomizedDelaySec=30min\nPersistent=false\n/);

  const preview = await sandbox.run(['schedule', 'preview', 'nightly']);
  expect(preview.stdout).toContain(`==> ${stand.units}/stillframe-nightly.timer\n${timer}`);
  await stand.fail('enable');
  expect(await json('sch', 'ch', 'nightly', '-time=5:00')).toMatchObject({
    code: 12,
    last: { error: { code: 'SCHEDULE_UNAVAILABLE' } },
  });
  expect(await readFile(`${stand.units}/stillframe-nightly.timer`, 'utf8')).toBe(timer);
  await stand.fail('enable', false);

  const asked = await sandbox.runAtTerminal(['schedule', 'remove', 'nightly'], [{ at: '(yes/no)', type: 'yes' }]);
  expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining('Removed the schedule nightly.') });
  expect(await stand.files()).toEqual([]);
  expect((await json('q', 'sch')).last).toMatchObject({ schedules: [] });
});
