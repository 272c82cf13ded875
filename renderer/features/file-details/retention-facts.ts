/** What policy says about an image, as facts: class, binding, retention, pin, deletion. */
import type { ImageSummary, RetentionDecision } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { retentionWords } from '../../i18n/retention.ts';
import { t } from '../../i18n/t.ts';
import { type DetailFact, text } from './detail-fact.ts';

/** `decision`: undefined until policy was asked; then only what the image itself says is shown. */
export function retentionFacts(
  { mgmtClass, pinned, deletedAt }: ImageSummary,
  decision: RetentionDecision | undefined,
  now: number,
): DetailFact[] {
  const to = decision?.managementClass ?? mgmtClass;
  const from = decision?.reboundFrom;
  const counts = decision !== undefined && decision.rule !== 'foreign' && decision.rule !== 'deleted';
  return [
    ...text(t('details:facts.mgmtClass'), to),
    ...text(t('details:facts.binding'), from && t('details:facts.rebound', { from, to })),
    ...text(t('details:facts.retention'), decision && retentionWords(decision, now), {
      copy: decision?.expiresAt ?? decision?.rule ?? '',
    }),
    ...text(t('details:facts.position'), counts ? String(decision.position) : undefined),
    ...text(
      t('details:facts.pinned'),
      pinned && (pinned.reason === '' ? exactTime(pinned.at) : `${pinned.reason} (${exactTime(pinned.at)})`),
      { copy: pinned?.at ?? '' },
    ),
    ...text(t('details:facts.deleted'), deletedAt && exactTime(deletedAt), { copy: deletedAt ?? '' }),
  ];
}
