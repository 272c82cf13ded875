/** Whether an image of a volume fits into the repository, as far as is known. */
import type { BackupPlan, Volume } from '#contract';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';

interface Fit {
  volume: Pick<Volume, 'usedBytes' | 'sizeBytes'>;
  /** In the repository; absent where it is not known. */
  freeBytes: number | undefined;
  /** Known blocks are not stored again, so what is used says little. */
  hasImage: boolean;
  plan: Pick<BackupPlan, 'expectedNewBytes'> | undefined;
}

/** Why it is too large, one sentence; empty where it is not, or nothing says so. */
export function whyTooLarge({ volume, freeBytes, hasImage, plan }: Fit): string {
  if (freeBytes === undefined) return '';
  const free = formatBytes(freeBytes);
  if (plan) {
    const { low } = plan.expectedNewBytes;
    return low > freeBytes ? t('backup:badge.tooLargePlan', { low: formatBytes(low), free }) : '';
  }
  const used = volume.usedBytes ?? volume.sizeBytes;
  return used > freeBytes && !hasImage ? t('backup:badge.tooLargeUsed', { used: formatBytes(used), free }) : '';
}
