/**
 * Snapshot images of volumes that are in use, as people and scripts ask for them; judged by fsck, SQLite and restic. (LVM:
 * e2e/uml.)
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BackupRow, backup, changedBytesBetween, merkleRoot } from '../snapshots/images.ts';
import { expectOneMoment, expectWholeDatabase } from '../snapshots/judges.ts';
import { makeReflinkVolume, type ReflinkVolume } from '../snapshots/reflink-stand.ts';
import { startDatabase, startStamping } from '../snapshots/writers.ts';
import { errorOf, lockCount, mountOptions, run, Stand } from './stand.ts';
import { ext4File, fill, MIB, sparseFile } from './volumes.ts';

const SIZE = 400 * MIB;
const BELOW = 3 * 1024 * MIB;

function smallVolume(stand: Stand): Promise<ReflinkVolume> {
  return makeReflinkVolume(stand, { kind: 'xfs', inner: 'ext4', belowBytes: BELOW, sizeBytes: 128 * MIB });
}

/** Everything is as a stopped run must leave it. */
async function expectNothingLeft(stand: Stand, volume: ReflinkVolume, clones: number): Promise<void> {
  expect(await volume.clones()).toHaveLength(clones);
  expect(await lockCount(stand)).toBe(0);
  expect(await mountOptions(volume.point)).toMatch(/^rw/);
  await run('timeout', ['20', 'touch', join(volume.point, 'writable')]);
  const attached = (await run('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'])).stdout;
  expect(attached.split('\n').filter((line) => line.startsWith(stand.folder))).toHaveLength(2);
}

describe.each([
  ['xfs', 'ext4'],
  ['xfs', 'xfs'],
  ['btrfs', 'ext4'],
] as const)('a volume in a file on %s with %s in it', (kind, inner) => {
  test('is imaged at one moment while programs write to it', { timeout: 300_000 }, async () => {
    await using stand = await Stand.create();
    const volume = await makeReflinkVolume(stand, { kind, inner, belowBytes: BELOW, sizeBytes: SIZE });
    await fill(volume.point, 60);
    await stand.ok('init');
    await using stamping = await startStamping(join(volume.point, 'stamps'), 2000, 4711);
    await using database = await startDatabase(join(volume.point, 'bank.db'));
    const running = stand.start(
      'backup',
      'image',
      volume.device,
      '-imagetype=snapshot',
      '-snapshotproviderimage=reflink',
    );
    await running.line((line) => line.type === 'progress' && line.phase === 'store');
    const upTo = { stamps: await stamping.sequence(), commits: await database.sequence() };
    const outcome = await running.outcome;
    expect(outcome.stderr).not.toMatch(/SFR\d{4}[WES]/);
    expect(outcome.code).toBe(0);
    const [row] = (outcome.lines.at(-1) as { results: BackupRow[] }).results;
    expect(row?.image).toMatchObject({ imageType: 'snapshot', provider: 'REFLINK', consistency: 'filesystem' });
    expect(row?.reading.scope).toBe('used');

    const target = await stand.attach(await sparseFile(join(stand.folder, 'target.img'), SIZE));
    await stand.ok('restore', 'image', row?.image.id ?? '', target, '-noprompt');
    if (inner === 'ext4') await run('e2fsck', ['-fn', target]);
    const restored = await stand.mount(target, inner === 'xfs' ? 'nouuid' : 'rw');
    expect(await expectOneMoment(join(restored, 'stamps'), 4711, upTo.stamps)).toBeGreaterThan(2000);
    expect(expectWholeDatabase(join(restored, 'bank.db'), upTo.commits)).toBeGreaterThan(0);
    await run('umount', [restored]);
    if (inner === 'xfs') await run('xfs_repair', ['-n', target]);
    await run('losetup', ['--detach', target]);
    await stand.restic(['check', '--read-data']);
    await expectNothingLeft(stand, volume, 0);
  });
});

describe('change tracking', () => {
  const WORKLOADS = Number(process.env.STILLFRAME_WORKLOADS ?? 3);

  test.each(['xfs', 'btrfs'] as const)(
    `on %s: ${WORKLOADS} workloads are read by their changes and give the image of a full read`,
    { timeout: 3_600_000 },
    async (kind) => {
      await using stand = await Stand.create();
      const volume = await makeReflinkVolume(stand, { kind, inner: 'ext4', belowBytes: BELOW, sizeBytes: SIZE });
      await fill(volume.point, 100);
      await stand.ok('init');
      const first = await backup(stand, volume.device, '-imagetype=snapshot', '-mode=incremental');
      expect(first.reading).toMatchObject({
        scope: 'used',
        why: expect.stringMatching(/no image before kept a snapshot/),
      });
      let base = first.image.id;
      for (let round = 1; round <= WORKLOADS; round++) {
        // What was written ten rounds ago makes room.
        await run('bash', ['-c', `rm -f ${volume.point}/*/*-${(round - 10) * 11}-*`]);
        await fill(volume.point, 4, round * 11);
        const row = await backup(
          stand,
          volume.device,
          '-imagetype=snapshot',
          '-mode=incremental',
          '-changetrackingfull=1000',
        );
        expect(row.reading, row.reading.why).toMatchObject({ scope: 'changed', auditMismatches: 0 });
        expect(row.warnings).toEqual([]);
        const audit = row.reading.auditedBlocks * 512 * 1024;
        const changed = await changedBytesBetween(stand, [base, row.image.id], 512 * 1024);
        expect(row.counters.readBytes).toBeLessThanOrEqual(changed * 1.2 + row.counters.zeroBytes + audit);
        base = row.image.id;
        const [kept = ''] = await volume.clones();
        const full = await backup(stand, join(volume.below, kept), '-imagetype=static');
        expect(await merkleRoot(stand, row.image.id)).toBe(await merkleRoot(stand, full.image.id));
      }
      await stand.restic(['check']);
    },
  );

  test('that lies is found out', { timeout: 300_000 }, async () => {
    await using stand = await Stand.create();
    const volume = await makeReflinkVolume(stand, { kind: 'xfs', inner: 'ext4', belowBytes: BELOW, sizeBytes: SIZE });
    await fill(volume.point, 60);
    await stand.ok('init');
    await backup(stand, volume.device, '-imagetype=snapshot', '-mode=incremental');
    const [kept = ''] = await volume.clones();
    await fill(volume.point, 60, 2);
    await run('sync', []);
    // The kept clone now says that what was written since has always been there.
    await run('cp', ['--reflink=always', volume.file, join(volume.below, 'liar')]);
    await run('bash', [
      '-c',
      `cat /dev/null > ${join(volume.below, kept)}; cp --reflink=always ${join(volume.below, 'liar')} ${join(volume.below, kept)}`,
    ]);
    const row = await backup(
      stand,
      volume.device,
      '-imagetype=snapshot',
      '-mode=incremental',
      '-changetrackingaudit=100',
    );
    const found = row.reading.auditMismatches > 0 || row.reading.scope !== 'changed';
    expect(found).toBe(true);
    const [now = ''] = await volume.clones();
    const full = await backup(stand, join(volume.below, now), '-imagetype=static');
    expect(await merkleRoot(stand, row.image.id)).toBe(await merkleRoot(stand, full.image.id));
  });

  test('reads everything every Nth run, and in selective mode', { timeout: 300_000 }, async () => {
    await using stand = await Stand.create();
    const volume = await makeReflinkVolume(stand, { kind: 'xfs', inner: 'ext4', belowBytes: BELOW, sizeBytes: SIZE });
    await fill(volume.point, 20);
    await stand.ok('init');
    const options = ['-imagetype=snapshot', '-changetrackingfull=2'];
    await backup(stand, volume.device, ...options, '-mode=incremental');
    const scopes: string[] = [];
    for (const mode of ['incremental', 'incremental', 'selective']) {
      scopes.push((await backup(stand, volume.device, ...options, `-mode=${mode}`)).reading.scope);
    }
    expect(scopes).toEqual(['changed', 'used', 'used']);
  });
});

describe('a snapshot that is kept for the next run', () => {
  test('goes when nobody wants it any more, and orphans of any kind are swept', { timeout: 300_000 }, async () => {
    await using stand = await Stand.create();
    const volume = await smallVolume(stand);
    await stand.ok('init');
    const options = ['-imagetype=snapshot', '-mode=incremental'];
    await backup(stand, volume.device, ...options);
    expect(await volume.clones()).toHaveLength(1);
    await backup(stand, volume.device, ...options, '-changetracking=no');
    expect(await volume.clones()).toEqual([]);
    await backup(stand, volume.device, ...options);
    await backup(stand, volume.device, '-imagetype=static');
    expect(await volume.clones()).toEqual([]);
    // Its record is lost, and the file is not attached any more.
    await backup(stand, volume.file, ...options);
    expect(await volume.clones()).toHaveLength(1);
    await run('bash', ['-c', `rm ${stand.place.home}/state/stillframe/tracking/*.json`]);
    await run('umount', [volume.point]);
    await run('losetup', ['--detach', volume.device]);
    expect(((await stand.ok('sweep')) as { removed: string[] }).removed.join()).toMatch(/clone .* was removed/);
    expect(await volume.clones()).toEqual([]);
  });

  test('is no reason not to start where the state folder cannot be used', async () => {
    await using stand = await Stand.create();
    await run('mkdir', ['-p', join(stand.place.home, 'state')]);
    await writeFile(join(stand.place.home, 'state', 'stillframe'), 'a file where a folder should be');
    expect((await stand.run('query', 'volume')).code).toBe(0);
  });
});

describe('a snapshot that cannot be had', () => {
  test('becomes a static image with a warning, or an error where that is forbidden', async () => {
    await using stand = await Stand.create();
    const device = await stand.attach(await ext4File(stand, 'volume.ext4', 64 * MIB));
    const point = await stand.mount(device);
    await stand.ok('init');
    const outcome = await stand.run('backup', 'image', device, '-imagetype=snapshot');
    expect(outcome.code).toBe(8);
    const [row] = (outcome.lines.at(-1) as { results: BackupRow[] }).results;
    expect(row?.image).toMatchObject({ imageType: 'static', provider: 'NONE' });
    expect(row?.warnings.join()).toMatch(/is imaged as a static image instead\./);
    const refused = await stand.run('backup', 'image', device, '-imagetype=snapshot', '-snapshotfailover=no');
    expect(refused.code).toBe(12);
    expect(errorOf(refused)).toMatchObject({ code: 'SNAPSHOT_UNAVAILABLE', details: { volume: device } });
    expect(errorOf(refused).details.remedy).not.toBe('');
    expect(await mountOptions(point)).toMatch(/^rw/);
  });

  test.each(['VSS', 'JFS2'])('%s names the system that has it', async (provider) => {
    await using stand = await Stand.create();
    const file = await ext4File(stand, 'volume.ext4', 16 * MIB);
    await stand.ok('init');
    const refused = await stand.run('backup', 'image', file, `-snapshotproviderimage=${provider}`);
    expect(refused.code).toBe(12);
    const { code, details } = errorOf(refused);
    expect(code).toBe('PROVIDER_UNSUPPORTED');
    expect(details.reason).toMatch(provider === 'VSS' ? /Windows/ : /AIX/);
  });
});

describe('snapshot commands', () => {
  async function stage(): Promise<{ stand: Stand; volume: ReflinkVolume; log: string }> {
    const stand = await Stand.create();
    const volume = await smallVolume(stand);
    await stand.ok('init');
    return { stand, volume, log: join(stand.folder, 'log') };
  }

  test('run before and after the snapshot is taken, and make the image consistent for the application', async () => {
    const { stand, volume, log } = await stage();
    await using _ = stand;
    const row = await backup(
      stand,
      volume.device,
      '-imagetype=snapshot',
      `-presnapshotcmd=echo paused > ${volume.point}/state; sync; echo "pre $STILLFRAME_VOLUME" >> ${log}`,
      `-postsnapshotcmd=echo running > ${volume.point}/state; echo "post $STILLFRAME_SNAPSHOT" >> ${log}`,
    );
    expect(row.image.consistency).toBe('application');
    expect((await run('cat', [log])).stdout).toBe(`pre ${volume.device}\npost taken\n`);
    const target = await stand.attach(await sparseFile(join(stand.folder, 'target.img'), 128 * MIB));
    await stand.ok('restore', 'image', row.image.id, target, '-noprompt');
    expect((await run('cat', [join(await stand.mount(target, 'ro'), 'state')])).stdout).toBe('paused\n');
    expect((await run('cat', [join(volume.point, 'state')])).stdout).toBe('running\n');
  });

  test('that fail before stop the run, and the application goes on', async () => {
    const { stand, volume, log } = await stage();
    await using _ = stand;
    const outcome = await stand.run(
      'backup',
      'image',
      volume.device,
      '-imagetype=snapshot',
      '-presnapshotcmd=echo no database >&2; exit 3',
      `-postsnapshotcmd=echo "post $STILLFRAME_SNAPSHOT" >> ${log}`,
    );
    expect(outcome.code).toBe(12);
    expect(errorOf(outcome)).toMatchObject({ code: 'SNAPSHOT_COMMAND_FAILED', details: { volume: volume.device } });
    expect(JSON.stringify(errorOf(outcome).details)).toMatch(/no database/);
    expect((await run('cat', [log])).stdout).toBe('post failed\n');
    expect((await stand.ok('query', 'image')).images).toEqual([]);
    await expectNothingLeft(stand, volume, 0);
  });

  test('that are missing or take too long before stop the run; after, they warn', async () => {
    const { stand, volume } = await stage();
    await using _ = stand;
    const missing = await stand.run(
      'backup',
      'image',
      volume.device,
      '-imagetype=snapshot',
      '-presnapshotcmd=no-such-program',
    );
    expect(errorOf(missing).details.reason).toMatch(/not found/);
    const slow = await stand.run(
      'backup',
      'image',
      volume.device,
      '-imagetype=snapshot',
      '-snapshotcmdtimelimit=1',
      '-presnapshotcmd=sleep 60',
    );
    expect(errorOf(slow)).toMatchObject({ code: 'SNAPSHOT_COMMAND_FAILED' });
    const after = await stand.run('backup', 'image', volume.device, '-imagetype=snapshot', '-postsnapshotcmd=exit 5');
    expect(after.code).toBe(8);
    const [row] = (after.lines.at(-1) as { results: BackupRow[] }).results;
    expect(row?.warnings.join()).toMatch(/postsnapshotcmd/);
    await expectNothingLeft(stand, volume, 0);
  });

  test('come from the options file too', async () => {
    const { stand, volume, log } = await stage();
    await using _ = stand;
    const folder = join(stand.place.home, 'config', 'stillframe');
    await run('mkdir', ['-p', folder]);
    await writeFile(
      join(folder, 'stillframe.opt'),
      `* ours\nimagetype snapshot\npresnapshotcmd "echo from file >> ${log}"\n`,
    );
    expect((await backup(stand, volume.device)).image.consistency).toBe('application');
    expect((await run('cat', [log])).stdout).toBe('from file\n');
    // What others may write to is not run by root.
    await run('chmod', ['go+w', join(folder, 'stillframe.opt')]);
    const refused = await stand.run('backup', 'image', volume.device);
    expect(errorOf(refused)).toMatchObject({ code: 'OPTION_INVALID', details: { option: 'presnapshotcmd' } });
    expect((await run('cat', [log])).stdout).toBe('from file\n');
  });
});
