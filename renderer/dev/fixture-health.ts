/** Health answered from canned data: every light, with the volumes of the other fixtures. */
import { implement } from '@orpc/server';
import { contract, type Health, type HealthReason, type TrafficLight, type VolumeHealth } from '#contract';
import { IMAGES, VOLUMES } from './fixture-data.ts';
import { fixtureRuns } from './fixture-runs.ts';

const os = implement(contract);
const GIB = 1024 ** 3;
const DAY_MS = 86_400_000;
const RANK: Record<TrafficLight, number> = { bad: 3, attention: 2, none: 1, good: 0 };

const worst = (reasons: readonly HealthReason[]): TrafficLight =>
  reasons.reduce<TrafficLight>((light, reason) => (RANK[reason.light] > RANK[light] ? reason.light : light), 'good');

function reasonsOf(name: string): HealthReason[] {
  const image = IMAGES.find(({ volume }) => volume === name);
  if (name.includes('vg0-mail')) {
    return [
      { code: 'lastRunFailed', light: 'bad', days: 0.4, errorCode: 'SNAPSHOT_LOST' },
      { code: 'neverBackedUp', light: 'none' },
    ];
  }
  if (!image) return [{ code: 'neverBackedUp', light: 'none' }];
  const days = (Date.now() - Date.parse(image.time)) / DAY_MS;
  const age: HealthReason =
    days > 21
      ? { code: 'imageOld', light: 'bad', days }
      : days > 7
        ? { code: 'imageOld', light: 'attention', days }
        : { code: 'recentImage', light: 'good', days };
  return [
    ...(image.consistency === 'fuzzy' ? [{ code: 'fuzzyImage', light: 'attention' } as const] : []),
    ...(image.unreadableBytes > 0
      ? [{ code: 'unreadableRanges', light: 'bad', bytes: image.unreadableBytes } as const]
      : []),
    age,
  ];
}

function volumeHealth(
  name: string,
  label: string,
  present: boolean,
  runs: ReturnType<typeof fixtureRuns>,
): VolumeHealth {
  const own = IMAGES.filter(({ volume }) => volume === name);
  const [image] = own;
  const run = runs.find(({ subject, kind }) => subject === name && kind === 'backup');
  const reasons = [...reasonsOf(name), ...(present ? [] : [{ code: 'volumeMissing', light: 'attention' } as const])];
  reasons.sort((a, b) => RANK[b.light] - RANK[a.light]);
  return {
    volume: name,
    label,
    present,
    light: worst(reasons),
    reasons,
    ...(image ? { lastImage: { id: image.id, time: image.time, storedSize: Math.round(image.usedSize * 0.47) } } : {}),
    ...(run ? { lastRun: { id: run.id, time: run.startedAt, state: run.state } } : {}),
    // The volumes of the backup domain run every night.
    ...(/home|sdb1/.test(name) ? { nextRun: new Date(Date.now() + 6 * 3_600_000).toISOString() } : {}),
    imageCount: own.length,
  };
}

function fixtureHealth(): Health {
  const runs = fixtureRuns(60, Date.now());
  const listed = VOLUMES.filter(
    ({ kind, fsType, label, partitionTable }) =>
      kind === 'file' ||
      (partitionTable === undefined &&
        fsType !== '' &&
        fsType !== 'LVM2_member' &&
        fsType !== 'swap' &&
        label !== 'EFI'),
  );
  const names = new Set(VOLUMES.map(({ name }) => name));
  const gone = [...new Set(IMAGES.map(({ volume }) => volume))].filter((name) => !names.has(name));
  return {
    volumes: [
      ...listed.map(({ name, label }) => volumeHealth(name, label, true, runs)),
      ...gone.map((name) => volumeHealth(name, '', false, runs)),
    ],
    repository: {
      light: 'attention',
      reasons: [{ code: 'dataNeverRead', light: 'attention', days: 41 }],
      lastCheck: { time: new Date(Date.now() - 2.2 * DAY_MS).toISOString(), readData: false, problems: 0 },
      forecast: { bytesPerDay: 6.4 * GIB, daysLeft: (1.24 * 1024) / 6.4 },
    },
  };
}

/** `empty`: nothing was ever backed up. */
export function healthAnswers(empty = false) {
  return {
    show: os.health.show.handler(() =>
      empty ? { volumes: [], repository: { light: 'good' as const, reasons: [] } } : fixtureHealth(),
    ),
  };
}
