/** What policy would say about the canned images: enough of the rules that every state can be seen. */
import type { BackupCopyGroup, ImageSummary, PolicySet, RetentionDecision } from '#contract';

const DAY = 86_400_000;

function groupOf(set: PolicySet, name: string): BackupCopyGroup | undefined {
  const find = (wanted: string) => set.classes.find((each) => each.name.toLowerCase() === wanted.toLowerCase());
  return (find(name) ?? find(set.defaultClass))?.backup;
}

function ofImage(
  image: ImageSummary,
  place: { position: number; inactiveSince: number | undefined; mgmtClass: string },
  set: PolicySet,
): RetentionDecision {
  const { position, inactiveSince, mgmtClass } = place;
  const group = groupOf(set, mgmtClass);
  const limitDays = group ? group.retExtra : set.graceRetention;
  const inactiveDays = inactiveSince === undefined ? undefined : Math.floor((Date.now() - inactiveSince) / DAY);
  const facts = {
    imageId: image.id,
    volume: image.volume,
    hostname: image.hostname,
    time: image.time,
    managementClass: mgmtClass,
    ...(image.mgmtClass === mgmtClass ? {} : { reboundFrom: image.mgmtClass }),
    position,
    ...(group ? { limit: group.verExists } : {}),
    limitDays,
    ...(inactiveDays === undefined ? {} : { inactiveDays }),
  };
  const expires =
    inactiveSince === undefined || limitDays === 'nolimit'
      ? {}
      : { expiresAt: new Date(inactiveSince + limitDays * DAY).toISOString() };
  const kept = (rule: RetentionDecision['rule']): RetentionDecision => ({
    ...facts,
    keep: true,
    rule,
    why: 'It is kept.',
  });
  const gone = (rule: RetentionDecision['rule']): RetentionDecision => ({
    ...facts,
    keep: false,
    rule,
    why: 'It goes.',
  });
  if (image.origin === 'restic') return kept('foreign');
  if (image.deletedAt !== undefined) return gone('deleted');
  if (image.pinned) return kept('pinned');
  if (inactiveDays === undefined) return kept('active');
  const old = limitDays !== 'nolimit' && inactiveDays > limitDays;
  if (!group) return old ? gone('graceOver') : { ...kept('grace'), ...expires };
  if (group.verExists !== 'nolimit' && position > group.verExists) return gone('versions');
  return old ? gone('age') : { ...kept('withinLimits'), ...expires };
}

/** By volume, newest first. */
export function decide(images: readonly ImageSummary[], set: PolicySet): RetentionDecision[] {
  const byVolume = Map.groupBy(images, ({ volume }) => volume);
  return [...byVolume.values()].flatMap((ofVolume) => {
    const sorted = ofVolume.toSorted((one, other) => Date.parse(other.time) - Date.parse(one.time));
    const mgmtClass = sorted[0]?.mgmtClass ?? set.defaultClass;
    let position = 0;
    return sorted.map((image, index) => {
      if (!image.pinned && image.deletedAt === undefined && image.origin === 'stillframe') position += 1;
      const newer = sorted[index - 1];
      const inactiveSince = image.active || !newer ? undefined : Date.parse(newer.time);
      return ofImage(image, { position: Math.max(1, position), inactiveSince, mgmtClass }, set);
    });
  });
}
