/** How well every volume and the repository are protected. */
import type { Health, RunDetails, Volume } from '#contract';
import type { Ports } from '../ports.ts';
import { listMarkedImages } from '../retention/catalogue.ts';
import { holdsPath } from '../volumes/holds-path.ts';
import type { ActivityService } from './activity-service.ts';
import { damageCount, type EndedCheck, type HealthThresholds, isProtectable, judgeHealth } from './health-judgement.ts';
import { optionOrDefault } from './options-in-force.ts';
import { nextRunsOf, type PlannedBackup } from './planned-runs.ts';
import type { RepositorySession } from './repository-session.ts';
import type { ScheduleService } from './schedule-service.ts';
import type { VolumeService } from './volume-service.ts';

export interface HealthSources {
  session: RepositorySession;
  volumes: VolumeService;
  activity: ActivityService;
  schedules: ScheduleService;
}

/** Checks that are looked at: enough to find the last one that read the data. */
const CHECKS = 50;

/** Throws what opening the repository throws. */
export async function health(ports: Ports, { session, volumes, activity, schedules }: HealthSources): Promise<Health> {
  const repository = await session.require();
  const [present, images, space, latestBackups, checks, thresholds, planned, domain] = await Promise.all([
    volumes.list(),
    listMarkedImages(repository),
    repository.space().catch(() => undefined),
    activity.latestBackups(),
    activity.checks(session.location, CHECKS),
    thresholdsOf(ports),
    plannedOf(schedules, ports),
    optionOrDefault('domain.image', ports),
  ]);
  const imaged = new Set(images.filter(({ hostname }) => hostname === ports.nodeName).map(({ volume }) => volume));
  const known = [...present, ...(await filesOf(imaged, present, volumes))];
  const listed = await Promise.all(
    known.map(async (volume) => imaged.has(volume.name) || (await isWorthListing(volume, session.location))),
  );
  const shown = known.filter((_, index) => listed[index]);
  return judgeHealth({
    nowMs: ports.clock.now(),
    nodeName: ports.nodeName,
    volumes: shown,
    images,
    latestBackups,
    checks: checks.flatMap(endedCheck),
    space,
    thresholds,
    nextRuns: await nextRunsOf(shown, planned, domain),
  });
}

/** Whatever is wrong with the schedules is told where they are listed. */
async function plannedOf(schedules: ScheduleService, { logger }: Pick<Ports, 'logger'>): Promise<PlannedBackup[]> {
  return schedules.plannedBackups().catch((error: unknown) => {
    logger.info('what is planned is not known', { reason: error instanceof Error ? error.message : String(error) });
    return [];
  });
}

/** Files that were backed up without being in the list of image files, by the command line, and that still exist. */
async function filesOf(
  imaged: ReadonlySet<string>,
  present: readonly Volume[],
  volumes: VolumeService,
): Promise<Volume[]> {
  const listed = new Set(present.map(({ name }) => name));
  const others = [...imaged].filter((name) => !listed.has(name));
  const found = await Promise.all(others.map((name) => volumes.find(name).catch(() => undefined)));
  return found.filter((volume) => volume !== undefined);
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

/** The options that say when something is too old. */
async function thresholdsOf(ports: Pick<Ports, 'directories' | 'logger'>): Promise<HealthThresholds> {
  const [imageAgeDays, checkDays, dataCheckDays] = await Promise.all([
    optionOrDefault('imageage', ports),
    optionOrDefault('checkinterval', ports),
    optionOrDefault('checkreaddatainterval', ports),
  ]);
  return { imageAgeDays, checkDays, dataCheckDays };
}
