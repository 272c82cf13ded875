/** The words for what the health of volumes and repository consists of. */
import type { HealthReason, RepositoryHealth } from '#contract';
import { errorCodeSchema } from '#contract';
import { ERROR_TEXTS } from '../../i18n/errors.ts';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';

/** One sentence. */
export function reasonText({ code, days, bytes, errorCode }: HealthReason): string {
  const count = Math.floor(days ?? 0);
  switch (code) {
    case 'recentImage':
    case 'imageOld':
    case 'checkOld':
      return t(`health:reason.${code}`, { count });
    case 'lastRunFailed': {
      const known = errorCodeSchema.safeParse(errorCode);
      return known.success
        ? t('health:reason.lastRunFailedWhy', { title: ERROR_TEXTS[known.data].title })
        : t('health:reason.lastRunFailed');
    }
    case 'unreadableRanges':
      return bytes === undefined
        ? t('health:reason.unreadableRanges')
        : t('health:reason.unreadableBytes', { bytes: formatBytes(bytes) });
    case 'repositoryAlmostFull':
      return bytes === undefined
        ? t('health:reason.repositoryAlmostFull')
        : t('health:reason.repositoryBytesLeft', { bytes: formatBytes(bytes) });
    default:
      return t(`health:reason.${code}`);
  }
}

/** When the repository will be full, not more exact than it is known. */
export function forecastText(forecast: RepositoryHealth['forecast']): string {
  if (!forecast) return t('health:forecast.unknown');
  const { daysLeft } = forecast;
  if (daysLeft === undefined) return t('health:forecast.steady');
  if (daysLeft < 21) return t('health:forecast.days', { count: Math.floor(daysLeft) });
  if (daysLeft < 60) return t('health:forecast.weeks', { count: Math.round(daysLeft / 7) });
  if (daysLeft < 730) return t('health:forecast.months', { count: Math.round(daysLeft / 30.44) });
  return t('health:forecast.years');
}
