/** The commands of policy in this process, on a real volume in a file and a real repository, with restic as the judge. */
import { EventEmitter } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CliSandbox, jsonLines } from './cli-sandbox.ts';
import { runCommandLine } from './run.ts';

const MIB = 1024 ** 2;
let sandbox: CliSandbox;
let volume: string;
let opened: string[];
let recoveryKey: string;

beforeAll(async () => {
  sandbox = await CliSandbox.create();
  volume = await sandbox.ext4('disk.img', 8 * MIB, 10_000);
  // With a generated key, which is opened without the costs of stretching a passphrase.
  opened = [`-repository=${sandbox.path('repository')}`];
  recoveryKey = String((await json('init')).last.recoveryKey);
});
beforeEach(() => sandbox.file('config/stillframe/stillframe.opt', ''));
afterAll(() => sandbox[Symbol.asyncDispose]());

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** `answer`: what is typed when a question is asked; without one there is no terminal. */
async function run(line: string, answer?: string): Promise<Outcome> {
  const shown = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof shown) => {
    const stream = Object.assign(new PassThrough(), { isTTY: answer !== undefined });
    stream.on('data', (chunk: Buffer) => {
      shown[name] += chunk.toString();
      if (shown[name].endsWith('(Yes (Y)/No (N)) ')) setImmediate(() => stdin.write(`${answer}\r`));
    });
    return stream;
  };
  const stdin = Object.assign(new PassThrough(), { isTTY: answer !== undefined });
  const code = await runCommandLine({
    argv: [...line.split(' ').map((word) => (word === 'VOLUME' ? volume : word)), ...opened],
    environment: sandbox.environment({}),
    workingDirectory: sandbox.directory,
    stdin,
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    signals: new EventEmitter(),
  });
  return { code, ...shown };
}

async function json(line: string) {
  const { code, stdout, stderr } = await run(`${line} -json`);
  return { code, stderr, last: jsonLines(stdout).at(-1) ?? {} };
}

const backup = async (options = '') => {
  const { code, last, stderr } = await json(`backup image VOLUME ${options}`.trim());
  const [result] = last.results as { image?: { id: string; mgmtClass: string }; rebound?: object; error?: object }[];
  return { code, stderr, ...result };
};

test('a class is defined, shown, changed and removed; every version is in the history', async () => {
  const made = await run('set mgmtclass Weekly -verexists=nolimit -retextra=90 -description=seven');
  expect(made).toMatchObject({
    code: 0,
    stdout: 'The class Weekly was added.\nVersion 1 of the policy is in force.\n',
  });
  const changed = await json('set mgmt WEEKLY -copymode=absolute -graceretention=10');
  expect(changed.last).toMatchObject({
    saved: true,
    changes: ['MODE of the class Weekly is absolute instead of modified.', 'The grace retention is 10 instead of 30.'],
    policy: { version: 2, set: { defaultClass: 'STANDARD', graceRetention: 10 } },
  });
  expect((await json('set mgmt weekly -verex=3 -preview')).last).toMatchObject({ saved: false });
  expect((await run('set mgmt weekly -verex=3 -preview')).stdout).toMatch(
    /^Nothing was saved\. .*:\n {2}VEREXISTS of /,
  );
  const shown = await run('query mgmtclass weekly -detail');
  expect(shown.stdout).toMatch(/\n {4}Versions Data Exists {2}: No Limit\n/);
  expect(shown.stdout).toMatch(/\n {4}Copy Mode {13}: Absolute\n/);
  expect(shown.stdout).toMatch(/\n {2}2 {2}\S+ \S+ {2}\S+@\S+\n {7}MODE of the class Weekly/);
  expect(await run('delete mgmtclass weekly', 'n')).toMatchObject({ code: 12 });
  expect(await run('delete mgmtclass weekly', 'y')).toMatchObject({ code: 0 });
  expect(await json('query mgmtclass weekly')).toMatchObject({
    code: 12,
    last: { error: { code: 'MANAGEMENT_CLASS_UNKNOWN' } },
  });
  expect(await json('delete mgmtclass standard -noprompt')).toMatchObject({
    code: 12,
    last: { error: { code: 'POLICY_INVALID' } },
  });
  expect(await json('set mgmtclass standard -copygroup=no')).toMatchObject({
    code: 12,
    last: { error: { code: 'POLICY_INVALID' } },
  });
  expect((await json('query mgmtclass')).last).toMatchObject({ version: 3, set: { classes: [{ name: 'STANDARD' }] } });
});

test('images go through their life: bound, rebound, pinned, deleted, expired', async () => {
  const unknown = await backup('-managementclass=NOPE');
  expect(unknown).toMatchObject({
    code: 12,
    error: { code: 'MANAGEMENT_CLASS_UNKNOWN', details: { classes: ['STANDARD'] } },
  });
  await run('set mgmtclass EMPTY -copygroup=no');
  expect(await backup('-managementclass=EMPTY')).toMatchObject({
    code: 12,
    error: { code: 'MANAGEMENT_CLASS_UNUSABLE' },
  });
  await run('set mgmtclass THREE -verexists=3 -default');
  const ids: string[] = [];
  for (const options of ['', '-managementclass=standard', '-managementclass=STANDARD', '']) {
    const { code, image, rebound, stderr } = await backup(options);
    expect({ code, stderr }).toEqual({
      code: rebound ? 8 : 0,
      stderr: rebound
        ? expect.stringMatching(
            /^SFR9214W \d earlier images? of \S+ (is|are) bound to the management class \S+ from now on,/,
          )
        : '',
    });
    ids.push(image?.id ?? '');
    if (ids.length === 2) expect(rebound).toEqual({ images: 1, from: ['THREE'], to: 'STANDARD' });
    if (ids.length === 3) expect(rebound).toBeUndefined();
    if (ids.length === 4)
      expect({ image, rebound }).toMatchObject({ image: { mgmtClass: 'THREE' }, rebound: { images: 3 } });
  }
  const [oldest = '', second = '', third = '', newest = ''] = ids;

  const previewed = await json('expire -preview');
  expect(previewed.last).toMatchObject({
    preview: true,
    decisions: [
      { imageId: newest, keep: true, rule: 'active' },
      { imageId: third, keep: true, rule: 'withinLimits', reboundFrom: 'STANDARD', limit: 3 },
      { imageId: second, keep: true, rule: 'withinLimits' },
      { imageId: oldest, keep: false, rule: 'versions', position: 4 },
    ],
    reclaim: { packs: expect.any(Number) },
  });
  const table = await run('expire -preview -detail -reclaim=no');
  expect(table.stdout).toMatch(/^Image +Volume +Backup Date +Mgmt Class +Action +Rule +Count +Days Inactive +Why\n/);
  expect(table.stdout).toContain('An expiration would remove 1 image and keep 3 images. Nothing was changed.');

  expect(await json(`pin image ${oldest.slice(0, 8)} -reason=court`)).toMatchObject({ code: 0, last: { id: oldest } });
  expect(await json(`delete backup ${oldest.slice(0, 8)} -noprompt`)).toMatchObject({
    code: 12,
    last: { error: { code: 'IMAGE_PINNED' } },
  });

  expect(await json('delete backup VOLUME')).toMatchObject({
    code: 12,
    last: { error: { code: 'DELETION_NOT_CONFIRMED' } },
  });
  const asked = await run('delete backup VOLUME', 'no');
  expect(asked).toMatchObject({ code: 12, stdout: '' });
  expect(asked.stderr).toContain(newest.slice(0, 8));
  expect(await run('delete backup VOLUME -objtype=image', 'Yes')).toMatchObject({ code: 0 });
  expect(await json(`restore image ${newest} out.img -imagetofile`)).toMatchObject({
    code: 12,
    last: { error: { code: 'IMAGE_DELETED' } },
  });
  expect((await json('undelete backup VOLUME')).last).toMatchObject({ undeleted: [{ id: newest }] });
  expect(await json('undelete backup VOLUME')).toMatchObject({ code: 8 });
  expect((await json(`delete backup ${second} -noprompt`)).last).toMatchObject({ deleted: [{ id: second }] });

  const expired = await json('expire');
  expect(expired).toMatchObject({
    code: 0,
    last: { removed: [{ imageId: second, rule: 'deleted' }], kept: 3, reclaimed: {} },
  });
  expect(await sandbox.restic(sandbox.path('repository'), recoveryKey, 'check', '--read-data')).toContain(
    'no errors were found',
  );

  expect(await json('expire VOLUME -noprompt')).toMatchObject({
    code: 0,
    last: { deactivated: [{ volume, returnCode: 0 }] },
  });
  expect((await json('query image')).last).toEqual({ images: [] });
  expect((await json('expire -reclaim=no')).last).toMatchObject({
    removed: [{ imageId: third, rule: 'versions' }],
    kept: 2,
  });
  expect(await json('unpin image VOLUME')).toMatchObject({ code: 0, last: { unpinned: [{ id: oldest }] } });
  expect((await backup()).code).toBe(0);
  expect((await json('query image')).last.images).toMatchObject([{ active: true, mgmtClass: 'THREE' }]);
});

test('a backup under a clock that was set back is no old image: it is said so, and it does not expire before the older one', async () => {
  const { image: before } = await backup('-managementclass=STANDARD');
  const { now } = Date;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() - 400 * 86_400_000);
  const made = await json('backup image VOLUME').finally(() => clock.mockRestore());
  const [row] = made.last.results as { image: { id: string; active: boolean }; warnings: string[]; rebound?: object }[];
  expect(row).toMatchObject({
    image: { active: false },
    warnings: [expect.stringContaining('so a clock is or was wrong')],
  });
  expect(row?.rebound).toBeUndefined();
  const decided = async () => {
    const { decisions } = (await json('expire -preview -reclaim=no')).last;
    return (decisions as { imageId: string; keep: boolean; why: string }[]).find(
      ({ imageId }) => imageId === row?.image.id,
    );
  };
  expect(await decided()).toMatchObject({ keep: true, why: expect.stringContaining('as long as that one') });
  await json(`delete backup ${before?.id ?? ''} -noprompt`);
  expect(await decided()).toMatchObject({ keep: false });
});

test('another file system under the same name is said to count as the same volume', async () => {
  const other = await sandbox.ext4('other.img', 8 * MIB, 10_000);
  const warningsOf = async () => {
    const made = await json('backup image VOLUME');
    return (made.last.results as { warnings: string[] }[])[0]?.warnings ?? [];
  };
  expect(await warningsOf()).toEqual([]);
  await copyFile(other, volume);
  expect(await warningsOf()).toEqual([expect.stringContaining('is of another file system (')]);
  expect(await warningsOf()).toEqual([]);
});

test('after restic removed the policy nothing expires, and no mark changes that, until it is saved again', async () => {
  await run('set mgmtclass STANDARD -verexists=nolimit');
  const { image } = await backup('-managementclass=STANDARD');
  const restic = (...args: string[]) => sandbox.restic(sandbox.path('repository'), recoveryKey, ...args);
  const listed: { id: string }[] = JSON.parse(await restic('snapshots', '--json', '--tag', 'policy'));
  await restic('forget', ...listed.map(({ id }) => id));
  for (const line of ['expire', 'expire -preview', `pin image ${image?.id}`, `delete backup ${image?.id} -noprompt`]) {
    expect(await json(line)).toMatchObject({ code: 12, last: { error: { code: 'POLICY_INVALID' } } });
  }
  expect((await run('query mgmtclass')).stderr).toContain('but the repository holds no policy any more.');
  expect((await json('set mgmtclass STANDARD -preview')).last).toMatchObject({ saved: false });
  expect((await json('set mgmtclass STANDARD')).last).toMatchObject({
    saved: true,
    changes: ['The policy was saved again as it was.'],
  });
  expect((await json('set mgmtclass STANDARD')).last).toMatchObject({ saved: false });
  expect(await json('expire -reclaim=no')).toMatchObject({ code: 0 });
});

test('query inclexcl lists the rules in the order of examination and says which one holds', async () => {
  await sandbox.file(
    'config/stillframe/stillframe.opt',
    `exclude.image *\ninclude.image ${volume} THREE imagegapsize=64k\nexclude.image /dev/sdz*\n`,
  );
  const { last } = await json('query inclexcl VOLUME');
  expect(last).toMatchObject({
    rules: [
      { mode: 'Exclude', function: 'Image', pattern: '/dev/sdz*', line: 3 },
      { mode: 'Include', pattern: volume, managementClass: 'THREE', options: { imagegapsize: '64k' }, line: 2 },
      { mode: 'Exclude', pattern: '*', line: 1 },
    ],
    verdict: { volume, excluded: false, line: 2, managementClass: 'THREE' },
  });
  const { stdout } = await run('q inclexcl VOLUME');
  expect(stdout).toMatch(
    /\nMode +Function +Pattern \(match from top down\) +Mgmt Class +Options +Source File\nExcl +Image +\/dev\/sdz\*/,
  );
  expect(stdout).toContain(`${volume} is included by line 2 and bound to THREE.`);
});
