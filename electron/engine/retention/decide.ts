/** What policy says about every image at one moment. Pure: nothing is read or written. */
import type { BackupCopyGroup, PolicySet, RetentionDecision, RetentionRule } from '#contract';
import { type ClassInForce, classInForce, sameClassName } from '../policy/classes/find-class.ts';
import type { CatalogueImage } from './catalogue.ts';
import { ownerOf } from './marks.ts';
import { whyOf } from './why.ts';

export const DAY_MS = 86_400_000;

/** What a decision needs to know of an image. */
export type DecidableImage = Pick<
  CatalogueImage,
  | 'id'
  | 'original'
  | 'volume'
  | 'hostname'
  | 'time'
  | 'origin'
  | 'madeWith'
  | 'pinned'
  | 'deletedAt'
  | 'deactivatedAt'
  | 'datedBefore'
>;

/** A decision before it is put in words. */
export interface Verdict extends Omit<RetentionDecision, 'why'> {
  class: ClassInForce;
  isDeactivated: boolean;
  /** It would go, but a date cannot be right: one of its volume lies in the future, or it was made after newer ones. */
  doubt?: 'future' | 'order';
  pinReason: string;
}

type Limit = number | 'nolimit';

/**
 * One decision an image, by volume, newest first. Of each volume of each computer:
 * - restic's own images, pinned images and deleted ones stand outside; only the others are versions and count.
 * - All are bound to the class of the newest one that was not deleted.
 * - The newest is active and is kept, unless the volume was deactivated.
 * - An older one became inactive when the next newer one was made; the newest one of a deactivated volume at the
 *   deactivation.
 * - Where an image has a date in the future, a clock was wrong, and the newest may be no newer than others: then none goes.
 * - One that was made while there was one with a later date is newer than it looks: it stays as long as that one does.
 */
export function decide(images: readonly DecidableImage[], set: PolicySet, nowMs: number): RetentionDecision[] {
  const volumes = [...Map.groupBy(images, ownerOf).values()].map((own) =>
    own.toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time) || (a.id < b.id ? 1 : -1)),
  );
  volumes.sort(([a], [b]) => compare(a?.volume, b?.volume) || compare(a?.hostname, b?.hostname));
  return volumes.flatMap((own) => verdictsOf(own, set, nowMs)).map(inWords);
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function inWords(verdict: Verdict): RetentionDecision {
  const { class: _, isDeactivated: __, pinReason: ___, doubt: ____, ...decision } = verdict;
  return { ...decision, why: whyOf(verdict) };
}

/** `images`: of one volume, newest first. */
function verdictsOf(images: readonly DecidableImage[], set: PolicySet, nowMs: number): Verdict[] {
  const versions = images.filter(({ origin, deletedAt }) => origin === 'stillframe' && deletedAt === undefined);
  const own = images.filter(({ origin }) => origin === 'stillframe');
  const boundTo = (versions[0] ?? own[0])?.madeWith ?? '';
  const inForce = classInForce(set, boundTo);
  const deactivatedAt = images[0]?.deactivatedAt;
  const isInFuture = versions.some(({ time }) => Date.parse(time) > nowMs + DAY_MS);
  const isPresent = (wanted: string): boolean =>
    versions.some(({ id, original }) => wanted === id || wanted === original);
  let counted = 0;
  return images.map((image): Verdict => {
    const at = versions.indexOf(image);
    const since = at > 0 ? versions[at - 1]?.time : at === 0 ? deactivatedAt : undefined;
    const verdict: Verdict = {
      ...factsOf(image, boundTo, inForce),
      position: counted + 1,
      isDeactivated: deactivatedAt !== undefined,
    };
    if (image.origin === 'restic') return { ...verdict, keep: true, rule: 'foreign' };
    const aged = since === undefined ? {} : { inactiveDays: daysBetween(since, nowMs) };
    if (image.pinned) return { ...verdict, ...aged, keep: true, rule: 'pinned' };
    if (image.deletedAt !== undefined) return { ...verdict, keep: false, rule: 'deleted' };
    counted++;
    if (since === undefined) return { ...verdict, keep: true, rule: 'active' };
    const isLast = at === 0;
    const judged = judge({ position: verdict.position, isLast, since, inForce, set, deactivatedAt, nowMs });
    const isOutOfOrder = image.datedBefore !== undefined && isPresent(image.datedBefore);
    const doubt = isInFuture ? 'future' : isOutOfOrder ? 'order' : undefined;
    if (doubt && !judged.keep) return { ...verdict, ...aged, keep: true, rule: 'withinLimits', doubt };
    return { ...verdict, ...aged, ...judged };
  });
}

function factsOf(
  image: DecidableImage,
  boundTo: string,
  inForce: ClassInForce,
): Omit<Verdict, 'position' | 'isDeactivated'> {
  const isOwn = image.origin === 'stillframe';
  const name = inForce.kind === 'group' && inForce.missing ? boundTo : inForce.name;
  return {
    imageId: image.id,
    volume: image.volume,
    hostname: image.hostname,
    time: image.time,
    keep: true,
    rule: 'active',
    managementClass: isOwn ? name : '',
    ...(isOwn && !sameClassName(image.madeWith, boundTo) ? { reboundFrom: image.madeWith } : {}),
    class: inForce,
    pinReason: image.pinned?.reason ?? '',
  };
}

interface Inactive {
  position: number;
  /** The newest image of a deactivated volume. */
  isLast: boolean;
  since: string;
  inForce: ClassInForce;
  set: PolicySet;
  deactivatedAt: string | undefined;
  nowMs: number;
}

type Judgement = Pick<Verdict, 'keep' | 'rule' | 'limit' | 'limitDays' | 'expiresAt'>;

function judge({ position, isLast, since, inForce, set, deactivatedAt, nowMs }: Inactive): Judgement {
  if (inForce.kind === 'grace') {
    const age = ageLimit(since, set.graceRetention, nowMs);
    return verdict(age, age.isOver ? 'graceOver' : 'grace');
  }
  const limit = deactivatedAt === undefined ? inForce.group.verExists : inForce.group.verDeleted;
  const age = ageLimit(since, daysOf(inForce.group, isLast), nowMs);
  if (limit !== 'nolimit' && position > limit) return { ...verdict(age, 'versions'), limit };
  const over = isLast ? 'onlyVersion' : 'age';
  return { ...verdict(age, age.isOver ? over : 'withinLimits'), limit };
}

function daysOf({ retExtra, retOnly }: BackupCopyGroup, isLast: boolean): Limit {
  return isLast ? retOnly : retExtra;
}

interface AgeLimit {
  limitDays: Limit;
  isOver: boolean;
  expiresAt?: string;
}

/** Kept for exactly that many days, and no moment longer. */
function ageLimit(since: string, limitDays: Limit, nowMs: number): AgeLimit {
  if (limitDays === 'nolimit') return { limitDays, isOver: false };
  const endMs = Date.parse(since) + limitDays * DAY_MS;
  return { limitDays, isOver: nowMs > endMs, expiresAt: new Date(endMs).toISOString() };
}

const KEPT: readonly RetentionRule[] = ['withinLimits', 'grace'];

function verdict({ limitDays, expiresAt }: AgeLimit, rule: RetentionRule): Judgement {
  const keep = KEPT.includes(rule);
  return { keep, rule, limitDays, ...(keep && expiresAt !== undefined ? { expiresAt } : {}) };
}

function daysBetween(since: string, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(since)) / DAY_MS));
}
