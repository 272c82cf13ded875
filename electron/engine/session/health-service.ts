/** How well every volume and the repository are protected. */
import type { Health, RunDetails, Volume } from '#contract';
import { listImages } from '../image/image-list.ts';
import { readOptionsFile } from '../policy/options-file.ts';
import { resolveOptions } from '../policy/resolve-options.ts';
import type { Ports } from '../ports.ts';
import { holdsPath } from '../volumes/holds-path.ts';
import type { ActivityService } from './activity-service.ts';
import {
  DEFAULT_THRESHOLDS,
  damageCount,
  type EndedCheck,
  type HealthThresholds,
  isProtectable,
  judgeHealth,
} from './health-judgement.ts';
import type { RepositorySession } from './repository-session.ts';
import type { VolumeService } from './volume-service.ts';

export interface HealthSources {
  session: RepositorySession;
  volumes: VolumeService;
  activity: ActivityService;
}

/** Checks that are looked at: enough to find the last one that read the data. */
const CHECKS = 50;

/** Throws what opening the repository throws. */
export async function health(ports: Ports, { session, volumes, activity }: HealthSources): Promise<Health> {
  const repository = await session.require();
  const [present, images, space, latestBackups, checks, thresholds] = await Promise.all([
    volumes.list(),
    listImages(repository),
    repository.space().catch(() => undefined),
    activity.latestBackups(),
    activity.checks(session.location, CHECKS),
    thresholdsOf(ports),
  ]);
  const imaged = new Set(images.filter(({ hostname }) => hostname === ports.nodeName).map(({ volume }) => volume));
  const listed = await Promise.all(
    present.map(async (volume) => imaged.has(volume.name) || (await isWorthListing(volume, session.location))),
  );
  return judgeHealth({
    nowMs: ports.clock.now(),
    nodeName: ports.nodeName,
    volumes: present.filter((_, index) => listed[index]),
    images,
    latestBackups,
    checks: checks.flatMap(endedCheck),
    space,
    thresholds,
  });
}

/** A volume that holds the repository cannot be backed up into it. */
async function isWorthListing(volume: Volume, location: string): Promise<boolean> {
  return isProtectable(volume) && !(await holdsPath(volume, location).catch(() => false));
}

/** A check that could not be done tells nothing, unless it was damage that stopped it. */
function endedCheck({ run, result, error }: RunDetails): EndedCheck[] {
  const time = run.finishedAt ?? run.startedAt;
  if (result?.kind === 'check') return [{ time, readData: result.readData, problems: damageCount(result) }];
  return error?.code === 'REPOSITORY_DAMAGED' ? [{ time, readData: false, problems: 1 }] : [];
}

/** The options that say when something is too old, where the table of options has them. */
async function thresholdsOf(ports: Pick<Ports, 'directories'>): Promise<HealthThresholds> {
  const { config } = ports.directories;
  try {
    const file = await readOptionsFile(config);
    const paths = { homeDirectory: process.env.HOME ?? '/', workingDirectory: config };
    const { values } = resolveOptions({ command: new Map(), environment: {}, file, paths });
    const days = (name: string, fallback: number): number => {
      const value: unknown = Reflect.get(values, name);
      return typeof value === 'number' ? value : fallback;
    };
    return {
      imageAgeDays: days('imageage', DEFAULT_THRESHOLDS.imageAgeDays),
      checkDays: days('checkinterval', DEFAULT_THRESHOLDS.checkDays),
      dataCheckDays: days('checkreaddatainterval', DEFAULT_THRESHOLDS.dataCheckDays),
    };
  } catch {
    // What is wrong with the options file is said where it is edited; lights are shown all the same.
    return DEFAULT_THRESHOLDS;
  }
}
