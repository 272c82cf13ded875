/** Policy in words: what a copy group means, its values, and what changed. */
import type { BackupCopyGroup } from '#contract';
import { formatCount } from './formats.ts';
import { countOf } from './quantities.ts';
import { countOfDays } from './retention.ts';
import { t } from './t.ts';

type Limit = number | 'nolimit';

/** `30 days`, `without limit`. */
export function daysLimit(days: Limit): string {
  return days === 'nolimit' ? t('policy:meaning.withoutLimit') : countOfDays(days);
}

/** The first sentence: images of a volume that is backed up. */
function whileActive({ verExists, retExtra }: BackupCopyGroup): string {
  if (verExists === 'nolimit') {
    return retExtra === 'nolimit'
      ? t('policy:meaning.everything')
      : t('policy:meaning.every', { days: daysLimit(retExtra) });
  }
  if (verExists === 1) return t('policy:meaning.oneImage');
  const images = countOf(verExists, 'image');
  return retExtra === 'nolimit'
    ? t('policy:meaning.imagesHoweverOld', { images })
    : t('policy:meaning.images', { images, days: daysLimit(retExtra) });
}

/** The second sentence: images of a volume that was deactivated. */
export function onceDeactivated({ verDeleted, retOnly }: BackupCopyGroup): string {
  const days = daysLimit(retOnly);
  if (verDeleted === 'nolimit') return t('policy:meaning.deactivatedEvery', { days });
  if (verDeleted <= 1) return t('policy:meaning.deactivatedLast', { days });
  return t('policy:meaning.deactivated', { images: countOf(verDeleted, 'image'), days });
}

/** Two plain sentences, as `Every image of each volume, however old. Of a deactivated volume only the last image 60 days.` */
export function meaningOf(group: BackupCopyGroup | undefined): string {
  return group ? `${whileActive(group)} ${onceDeactivated(group)}` : t('policy:table.noGroup');
}

/** A value of a copy group as people read it, without its unit. */
export function groupValue(value: BackupCopyGroup[keyof BackupCopyGroup]): string {
  if (typeof value === 'number') return formatCount(value);
  switch (value) {
    case 'nolimit':
      return t('policy:table.unlimited');
    case 'modified':
    case 'absolute':
      return t(`policy:mode.${value}`);
    default:
      return t(`policy:serialization.${value}`);
  }
}
