/** Retention in words: why an image is kept, and until when, or why it goes. */
import type { RetentionDecision } from '#contract';
import { dateFormat, formatCount } from './formats.ts';
import { countOf } from './quantities.ts';
import { t } from './t.ts';

/** `1 day`, `30 days`. */
export function countOfDays(days: number): string {
  return t('retention:day', { count: days, shown: formatCount(days) });
}

/** `24 December`, with the year where it is another one. */
export function dayOf(instant: string, nowMs: number): string {
  const date = new Date(instant);
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear();
  return dateFormat({ day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(date);
}

function imagesOf(limit: RetentionDecision['limit']): string {
  return countOf(typeof limit === 'number' ? limit : 0, 'image');
}

function daysOf(days: number | 'nolimit' | undefined): string {
  return countOfDays(typeof days === 'number' ? days : 0);
}

function keptWithinLimits({ expiresAt, limit, limitDays }: RetentionDecision, nowMs: number): string {
  // It would go by its limits, which then are not told.
  if (limit === undefined && limitDays === undefined) return t('retention:kept.doubtful');
  if (expiresAt !== undefined) {
    // More images of the volume may make it go before that day.
    const words = typeof limit === 'number' ? 'atMostUntil' : 'until';
    return t(`retention:kept.${words}`, { date: dayOf(expiresAt, nowMs), days: daysOf(limitDays) });
  }
  return typeof limit === 'number'
    ? t('retention:kept.amongNewest', { images: imagesOf(limit) })
    : t('retention:kept.unlimited');
}

/** The reason in a list of what goes or went, without saying that it does: `more than 2 images`. */
export function removalReason(decision: RetentionDecision): string {
  const values = {
    images: imagesOf(decision.limit),
    days: daysOf(decision.inactiveDays),
    limit: daysOf(decision.limitDays),
  };
  switch (decision.rule) {
    case 'versions':
    case 'age':
    case 'onlyVersion':
    case 'graceOver':
    case 'deleted':
      return t(`retention:removed.${decision.rule}`, values);
    default:
      return decision.why;
  }
}

/** The whole of it next to an image: `kept: active`, `kept until 24 December at the latest (30 days after …)`. */
export function retentionWords(decision: RetentionDecision, nowMs: number): string {
  const { rule } = decision;
  switch (rule) {
    case 'active':
    case 'pinned':
    case 'foreign':
      return t(`retention:kept.${rule}`);
    case 'withinLimits':
      return keptWithinLimits(decision, nowMs);
    case 'grace':
      return decision.expiresAt === undefined
        ? t('retention:kept.grace')
        : t('retention:kept.graceUntil', { date: dayOf(decision.expiresAt, nowMs) });
    default:
      return t(`retention:gone.${rule}`, {
        images: imagesOf(decision.limit),
        days: daysOf(decision.inactiveDays),
        limit: daysOf(decision.limitDays),
      });
  }
}
