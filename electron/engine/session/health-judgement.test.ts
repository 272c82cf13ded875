import { describe, expect, it } from 'vitest';
import { type HealthReason, healthSchema, type ImageSummary, type RunSummary, type Volume } from '#contract';
import { runRecord } from '../testing/run-records.ts';
import { type HealthFacts, type HealthThresholds, isProtectable, judgeHealth } from './health-judgement.ts';

const NOW = Date.UTC(2026, 10, 25, 12);
const GIB = 1024 ** 3;
const HOME = '/dev/vg0/home';
const ago = (days: number): string => new Date(NOW - days * 86_400_000).toISOString();

function volume(facts: Partial<Volume> = {}): Volume {
  return {
    name: HOME,
    kind: 'lv',
    sizeBytes: GIB,
    logicalSectorBytes: 512,
    physicalSectorBytes: 512,
    fsType: 'ext4',
    label: 'home',
    uuid: '',
    partUuid: '',
    model: '',
    serial: '',
    transport: '',
    removable: false,
    readOnly: false,
    system: false,
    mounts: [],
    holders: [],
    readable: true,
    writable: true,
    needs: '',
    ...facts,
  };
}

function image(days: number, facts: Partial<ImageSummary> = {}): ImageSummary {
  return {
    id: days.toString(16).replace(/\D/g, '').padStart(64, '0'),
    volume: HOME,
    time: ago(days),
    hostname: 'here',
    imageSize: GIB,
    usedSize: GIB,
    newSize: GIB,
    fsType: 'ext4',
    fsLabel: 'home',
    mgmtClass: 'STANDARD',
    active: true,
    imageType: 'snapshot',
    provider: 'LINUX_LVM',
    consistency: 'filesystem',
    mode: 'selective',
    unreadableBytes: 0,
    origin: 'stillframe',
    ...facts,
  };
}

function run(days: number, facts: Partial<RunSummary> = {}): RunSummary {
  return { ...runRecord({ id: 'run', startedAt: ago(days), ...facts }).summary, repeatable: true };
}

const CLEAN = { time: ago(1), readData: true, problems: 0 };

function judge(facts: Partial<HealthFacts>) {
  const health = judgeHealth({
    nowMs: NOW,
    nodeName: 'here',
    volumes: [volume()],
    images: [image(1)],
    latestBackups: [],
    checks: [CLEAN],
    space: { freeBytes: 500 * GIB, totalBytes: 1000 * GIB },
    thresholds: DEFAULT_THRESHOLDS,
    ...facts,
  });
  return healthSchema.parse(health);
}

const codes = (reasons: readonly HealthReason[] = []): string =>
  reasons.map(({ code, light }) => `${code} ${light}`).join(', ');
const home = (facts: Partial<HealthFacts>) => {
  const [health] = judge(facts).volumes;
  return `${health?.light}: ${codes(health?.reasons)}`;
};
const repository = (facts: Partial<HealthFacts>) => {
  const { light, reasons } = judge(facts).repository;
  return `${light}: ${codes(reasons)}`;
};

const DEFAULT_THRESHOLDS: HealthThresholds = { imageAgeDays: 7, checkDays: 7, dataCheckDays: 30 };

describe('a volume', () => {
  it.each([
    ['a recent image', {}, 'good: recentImage good'],
    ['no image', { images: [] }, 'none: neverBackedUp none'],
    ['an old image', { images: [image(9)] }, 'attention: imageOld attention'],
    ['a very old image', { images: [image(30)] }, 'bad: imageOld bad'],
    [
      'an old image that does not matter',
      { images: [image(300)], thresholds: { ...DEFAULT_THRESHOLDS, imageAgeDays: 0 } },
      'good: recentImage good',
    ],
    [
      'unreadable parts',
      { images: [image(1, { unreadableBytes: 512 })] },
      'bad: unreadableRanges bad, recentImage good',
    ],
    [
      'a fuzzy image',
      { images: [image(1, { consistency: 'fuzzy' })] },
      'attention: fuzzyImage attention, recentImage good',
    ],
    [
      'better images before',
      { images: [image(5), image(1, { consistency: 'fuzzy' })] },
      'attention: fuzzyImage attention, recentImage good',
    ],
    ['an image of another computer', { images: [image(1, { hostname: 'there' })] }, 'none: neverBackedUp none'],
    [
      'a failed run after a recent image',
      { latestBackups: [run(0.5, { state: 'failed' })] },
      'attention: lastRunFailed attention, recentImage good',
    ],
    [
      'a failed run after an old image',
      { images: [image(9)], latestBackups: [run(1, { state: 'failed' })] },
      'bad: lastRunFailed bad, imageOld attention',
    ],
    [
      'nothing but a failed run',
      { images: [], latestBackups: [run(1, { state: 'failed' })] },
      'bad: lastRunFailed bad, neverBackedUp none',
    ],
    ['a failed run before the image', { latestBackups: [run(2, { state: 'failed' })] }, 'good: recentImage good'],
    [
      'a cancelled run',
      { latestBackups: [run(0.5, { state: 'cancelled' })] },
      'attention: lastRunCancelled attention, recentImage good',
    ],
    [
      'nothing but a cancelled run',
      { images: [], latestBackups: [run(1, { state: 'cancelled' })] },
      'none: neverBackedUp none, lastRunCancelled none',
    ],
    ['gone', { volumes: [] }, 'attention: volumeMissing attention, recentImage good'],
  ] as const satisfies readonly [string, Partial<HealthFacts>, string][])('with %s', (_, facts, expected) =>
    expect(home(facts)).toBe(expected),
  );

  it('says what it is judged by', () => {
    const [health] = judge({ images: [image(3), image(2)], latestBackups: [run(2, { state: 'succeeded' })] }).volumes;
    expect(health).toMatchObject({
      volume: HOME,
      label: 'home',
      present: true,
      imageCount: 2,
      lastImage: { id: image(2).id, time: ago(2), storedSize: GIB },
      lastRun: { id: 'run', time: ago(2), state: 'succeeded' },
    });
    expect(health?.reasons[0]?.days).toBeCloseTo(2);
    const failed = judge({ latestBackups: [run(0.1, { state: 'failed', errorCode: 'VOLUME_BUSY' })] }).volumes[0];
    expect(failed?.reasons[0]?.errorCode).toBe('VOLUME_BUSY');
  });

  it.each([
    ['an LV', {}, true],
    ['an LV without a file system', { fsType: '' }, true],
    ['a partition with a file system', { kind: 'partition' }, true],
    ['a disk with a file system', { kind: 'disk' }, true],
    ['an image file with a table', { kind: 'file', fsType: '', partitionTable: { entries: [] } }, true],
    ['a disk with partitions', { kind: 'disk', fsType: '', partitionTable: { entries: [] } }, false],
    ['an empty disk', { kind: 'disk', fsType: '' }, false],
    ['swap', { fsType: 'swap' }, false],
    ['a physical volume of LVM', { kind: 'partition', fsType: 'LVM2_member' }, false],
    ['a part of a RAID', { kind: 'partition', fsType: 'linux_raid_member' }, false],
    ['an optical disc', { kind: 'rom', fsType: 'iso9660' }, false],
    [
      'a mounted EFI system partition',
      {
        kind: 'partition',
        fsType: 'vfat',
        mounts: [{ mountPoint: '/boot/efi', readOnly: false, options: '', fsType: 'vfat' }],
      },
      false,
    ],
    [
      'an EFI system partition',
      { kind: 'partition', fsType: 'vfat', partition: { typeId: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b' } },
      false,
    ],
    ['a FAT stick', { kind: 'partition', fsType: 'vfat' }, true],
  ] as const)('%s is protectable: %3$s', (_, facts, expected) =>
    expect(isProtectable(volume(facts as unknown as Partial<Volume>))).toBe(expected),
  );
});

describe('the repository', () => {
  const old = [image(40), image(1)];
  it.each([
    ['checked', {}, 'good: '],
    ['new and never checked', { checks: [] }, 'good: '],
    ['never checked', { images: [image(10)], checks: [] }, 'attention: neverChecked attention'],
    [
      'never checked for long',
      { images: old, checks: [] },
      'attention: neverChecked attention, dataNeverRead attention',
    ],
    ['checked long ago', { checks: [{ ...CLEAN, time: ago(9) }] }, 'attention: checkOld attention'],
    ['never read', { images: old, checks: [{ ...CLEAN, readData: false }] }, 'attention: dataNeverRead attention'],
    [
      'read long ago',
      {
        images: old,
        checks: [
          { ...CLEAN, readData: false },
          { ...CLEAN, time: ago(31) },
        ],
      },
      'attention: dataNeverRead attention',
    ],
    [
      'never to be checked',
      { images: old, checks: [], thresholds: { ...DEFAULT_THRESHOLDS, checkDays: 0, dataCheckDays: 0 } },
      'good: ',
    ],
    ['damaged', { checks: [{ ...CLEAN, problems: 2 }] }, 'bad: checkFoundDamage bad'],
    [
      'damaged where the last check did not look',
      {
        checks: [
          { ...CLEAN, readData: false },
          { ...CLEAN, problems: 1 },
        ],
      },
      'bad: checkFoundDamage bad',
    ],
    ['repaired', { checks: [CLEAN, { ...CLEAN, problems: 1 }] }, 'good: '],
    [
      'repaired in its structure',
      { checks: [{ ...CLEAN, readData: false }, { ...CLEAN, readData: false, problems: 1 }, CLEAN] },
      'good: ',
    ],
    [
      'almost full',
      { space: { freeBytes: 50 * GIB, totalBytes: 1000 * GIB } },
      'attention: repositoryAlmostFull attention',
    ],
    ['full', { space: { freeBytes: GIB, totalBytes: 1000 * GIB } }, 'bad: repositoryAlmostFull bad'],
    ['somewhere without limits', { space: undefined }, 'good: '],
    [
      'soon full',
      { images: [image(10), image(8), image(2, { newSize: 200 * GIB })] },
      'attention: repositoryAlmostFull attention',
    ],
  ] as const satisfies readonly [string, Partial<HealthFacts>, string][])('%s', (_, facts, expected) =>
    expect(repository(facts)).toBe(expected),
  );

  it('is forecast by what the images after the first of each volume added', () => {
    const images = [
      image(100, { newSize: 900 * GIB }),
      image(61, { newSize: 70 * GIB }),
      image(30, { newSize: 40 * GIB }),
      image(20, { newSize: 500 * GIB, volume: '/dev/new' }),
      image(10, { newSize: 20 * GIB }),
    ];
    const { forecast } = judge({ images }).repository;
    expect(forecast?.bytesPerDay).toBeCloseTo(GIB);
    expect(forecast?.daysLeft).toBeCloseTo(500);
    expect(judge({ images: [image(2), image(1)] }).repository.forecast).toBeUndefined();
    expect(judge({ images: [image(9)] }).repository.forecast).toEqual({ bytesPerDay: 0 });
    expect(judge({ images: [] }).repository.forecast).toBeUndefined();
    expect(judge({ images, space: undefined }).repository.forecast?.daysLeft).toBeUndefined();
  });
});
