/** How well volumes and the repository are protected: a pure judgement over what is known. */
import type {
  CheckResult,
  Health,
  HealthReason,
  ImageSummary,
  RepositoryHealth,
  RunSummary,
  TrafficLight,
  Volume,
  VolumeHealth,
} from '#contract';

/** In days; 0 switches a warning off. */
export interface HealthThresholds {
  imageAgeDays: number;
  checkDays: number;
  dataCheckDays: number;
}

/** A check that has ended. */
export interface EndedCheck {
  time: string;
  readData: boolean;
  /** Of severity `error`. */
  problems: number;
}

export interface HealthFacts {
  nowMs: number;
  nodeName: string;
  /** Present, and worth listing (`isProtectable`), or with images. */
  volumes: readonly Volume[];
  /** Of the whole repository, in any order. */
  images: readonly ImageSummary[];
  /** The newest ended backup of every volume. */
  latestBackups: readonly RunSummary[];
  /** Of this repository, newest first. */
  checks: readonly EndedCheck[];
  space: { freeBytes: number; totalBytes: number } | undefined;
  thresholds: HealthThresholds;
  /** The next planned backup of volumes, by their names. */
  nextRuns?: ReadonlyMap<string, string>;
}

const DAY_MS = 86_400_000;
/** An image is bad, and not only old, when it is this many times as old as it may be. */
const MUCH_OLDER = 3;
/** Growth is taken from the images of so many days. */
const FORECAST_DAYS = 60;
/** With less behind us nothing is said about what is ahead. */
const LEAST_FORECAST_DAYS = 3;
const SOON_FULL = { attention: { part: 0.1, days: 30 }, bad: { part: 0.02, days: 7 } };
const RANK: Record<TrafficLight, number> = { bad: 3, attention: 2, none: 1, good: 0 };

const daysSince = (instant: string, nowMs: number): number => Math.max(0, (nowMs - Date.parse(instant)) / DAY_MS);

function worstFirst(reasons: readonly HealthReason[]): HealthReason[] {
  return [...reasons].sort((a, b) => RANK[b.light] - RANK[a.light]);
}

/** The light of the worst reason. */
function lightOf(reasons: readonly HealthReason[]): TrafficLight {
  return reasons.reduce<TrafficLight>((worst, { light }) => (RANK[light] > RANK[worst] ? light : worst), 'good');
}

/** Container formats and the like: what is in them is a volume of its own. */
const NO_VOLUME =
  /^(swap|swsuspend|LVM\d_member|.*_raid_member|zfs_member|bcache|crypto_LUKS|squashfs|iso9660|udf|erofs)$/;
/** Type ids of EFI system partitions, GPT and MBR. */
const EFI = new Set(['c12a7328-f81f-11d2-ba4b-00a0c93ec93b', '0xef']);

/** Worth being called unprotected where it was never backed up. */
export function isProtectable(volume: Volume): boolean {
  const { kind, fsType, partitionTable, partition, mounts } = volume;
  if (kind === 'file') return true;
  if (kind === 'rom' || partitionTable !== undefined || NO_VOLUME.test(fsType)) return false;
  const isEfi =
    (partition !== undefined && EFI.has(partition.typeId)) ||
    (fsType === 'vfat' && mounts.some(({ mountPoint }) => mountPoint === '/boot/efi' || mountPoint === '/efi'));
  return !isEfi && (fsType !== '' || kind === 'lv');
}

function imageReasons(image: ImageSummary, { nowMs, thresholds }: HealthFacts): HealthReason[] {
  const days = daysSince(image.time, nowMs);
  const limit = thresholds.imageAgeDays;
  const reasons: HealthReason[] = [];
  if (limit <= 0 || days <= limit) reasons.push({ code: 'recentImage', light: 'good', days });
  else reasons.push({ code: 'imageOld', light: days > limit * MUCH_OLDER ? 'bad' : 'attention', days });
  if (image.unreadableBytes > 0) {
    reasons.push({ code: 'unreadableRanges', light: 'bad', bytes: image.unreadableBytes });
  }
  if (image.consistency === 'fuzzy') reasons.push({ code: 'fuzzyImage', light: 'attention' });
  return reasons;
}

function runReason(run: RunSummary, image: ImageSummary | undefined, facts: HealthFacts): HealthReason | undefined {
  // An image that is newer was made since, perhaps by an engine that keeps its record elsewhere.
  if (image !== undefined && Date.parse(image.time) > Date.parse(run.startedAt)) return undefined;
  const days = daysSince(run.startedAt, facts.nowMs);
  if (run.state === 'cancelled') return { code: 'lastRunCancelled', light: image ? 'attention' : 'none', days };
  if (run.state !== 'failed') return undefined;
  const limit = facts.thresholds.imageAgeDays;
  const covered = image !== undefined && (limit <= 0 || daysSince(image.time, facts.nowMs) <= limit);
  const errorCode = run.errorCode === undefined ? {} : { errorCode: run.errorCode };
  return { code: 'lastRunFailed', light: covered ? 'attention' : 'bad', days, ...errorCode };
}

function volumeHealth(name: string, volume: Volume | undefined, facts: HealthFacts): VolumeHealth {
  const own = facts.images
    .filter((image) => image.hostname === facts.nodeName && image.volume === name)
    .sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
  const [image] = own;
  const run = facts.latestBackups.find(({ subject }) => subject === name);
  const reasons: HealthReason[] = image ? imageReasons(image, facts) : [{ code: 'neverBackedUp', light: 'none' }];
  const ofRun = run && runReason(run, image, facts);
  if (ofRun) reasons.push(ofRun);
  if (volume === undefined) reasons.push({ code: 'volumeMissing', light: 'attention' });
  const nextRun = facts.nextRuns?.get(name);
  return {
    volume: name,
    label: volume?.label || image?.fsLabel || '',
    present: volume !== undefined,
    light: lightOf(reasons),
    reasons: worstFirst(reasons),
    ...(image ? { lastImage: { id: image.id, time: image.time, storedSize: image.storedSize ?? image.newSize } } : {}),
    ...(run ? { lastRun: { id: run.id, time: run.startedAt, state: run.state } } : {}),
    ...(nextRun === undefined ? {} : { nextRun }),
    imageCount: own.length,
  };
}

/** Volumes in the order in which they were found, then those that are gone, the latest image first. */
function volumesHealth(facts: HealthFacts): VolumeHealth[] {
  const present = new Set(facts.volumes.map(({ name }) => name));
  const gone = new Map<string, number>();
  for (const { volume, hostname, time } of facts.images) {
    if (hostname !== facts.nodeName || present.has(volume)) continue;
    gone.set(volume, Math.max(gone.get(volume) ?? 0, Date.parse(time)));
  }
  const missing = [...gone].sort(([, a], [, b]) => b - a).map(([name]) => volumeHealth(name, undefined, facts));
  return [...facts.volumes.map((volume) => volumeHealth(volume.name, volume, facts)), ...missing];
}

function forecastOf({ images, nowMs, space }: HealthFacts): RepositoryHealth['forecast'] {
  const since = nowMs - FORECAST_DAYS * DAY_MS;
  const oldestFirst = [...images].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  const [oldest] = oldestFirst;
  if (oldest === undefined) return undefined;
  const days = Math.min(FORECAST_DAYS, daysSince(oldest.time, nowMs));
  if (days < LEAST_FORECAST_DAYS) return undefined;
  let grown = 0;
  const begun = new Set<string>();
  for (const { hostname, volume, time, newSize } of oldestFirst) {
    const name = `${hostname}\0${volume}`;
    // The first image of a volume is where it begins, not how it grows.
    if (begun.has(name) && Date.parse(time) >= since) grown += newSize;
    begun.add(name);
  }
  const bytesPerDay = grown / days;
  return { bytesPerDay, ...(space && bytesPerDay > 0 ? { daysLeft: space.freeBytes / bytesPerDay } : {}) };
}

function spaceReason(space: HealthFacts['space'], forecast: RepositoryHealth['forecast']): HealthReason | undefined {
  if (space === undefined) return undefined;
  const daysLeft = forecast?.daysLeft;
  const within = ({ part, days }: { part: number; days: number }): boolean =>
    space.freeBytes < space.totalBytes * part || (daysLeft !== undefined && daysLeft < days);
  const light = within(SOON_FULL.bad) ? 'bad' : within(SOON_FULL.attention) ? 'attention' : undefined;
  if (light === undefined) return undefined;
  const days = daysLeft === undefined ? {} : { days: daysLeft };
  return { code: 'repositoryAlmostFull', light, bytes: space.freeBytes, ...days };
}

/** What was found stays true until a check that looked as deep found nothing. */
function standingDamage(checks: readonly EndedCheck[]): EndedCheck | undefined {
  for (const [index, check] of checks.entries()) {
    if (check.problems === 0) continue;
    const refuted = checks.slice(0, index).some((later) => later.problems === 0 && (later.readData || !check.readData));
    if (!refuted) return check;
  }
  return undefined;
}

/** How long there has been something to check. */
function daysWithImages({ images, nowMs }: HealthFacts): number {
  return Math.max(0, ...images.map(({ time }) => daysSince(time, nowMs)));
}

function ageReason(
  code: { never: 'neverChecked' | 'dataNeverRead'; old: 'checkOld' | 'dataNeverRead' },
  last: EndedCheck | undefined,
  limitDays: number,
  facts: HealthFacts,
): HealthReason | undefined {
  if (limitDays <= 0) return undefined;
  if (last !== undefined) {
    const days = daysSince(last.time, facts.nowMs);
    return days > limitDays ? { code: code.old, light: 'attention', days } : undefined;
  }
  // Nothing is late in a repository that is younger than the interval.
  return daysWithImages(facts) > limitDays ? { code: code.never, light: 'attention' } : undefined;
}

function repositoryHealth(facts: HealthFacts): RepositoryHealth {
  const { checks, thresholds, space } = facts;
  const [last] = checks;
  const forecast = forecastOf(facts);
  const damage = standingDamage(checks);
  const read = checks.find(({ readData }) => readData);
  const found: (HealthReason | undefined)[] = [
    damage && { code: 'checkFoundDamage', light: 'bad', days: daysSince(damage.time, facts.nowMs) },
    spaceReason(space, forecast),
    ageReason({ never: 'neverChecked', old: 'checkOld' }, last, thresholds.checkDays, facts),
    ageReason({ never: 'dataNeverRead', old: 'dataNeverRead' }, read, thresholds.dataCheckDays, facts),
  ];
  const reasons = worstFirst(found.filter((reason) => reason !== undefined));
  return {
    light: lightOf(reasons),
    reasons,
    ...(last ? { lastCheck: last } : {}),
    ...(forecast ? { forecast } : {}),
  };
}

/** The errors among a check's findings. */
export function damageCount({ problems }: CheckResult): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

/** Every light with its reasons. */
export function judgeHealth(facts: HealthFacts): Health {
  return { volumes: volumesHealth(facts), repository: repositoryHealth(facts) };
}
