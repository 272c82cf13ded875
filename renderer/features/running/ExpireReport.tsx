/** What an expiration removed, why, what that freed, and what to do next. */
import { IconCircleCheck } from '@tabler/icons-react';
import type { ExpireResult } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { t } from '../../i18n/t.ts';
import { PruneFigures } from './PruneReport.tsx';
import { RemovedImages } from './RemovedImages.tsx';
import { expireSummary, pruneSummary } from './report-text.ts';

export function ExpireReport({ result }: { result: ExpireResult }) {
  const { removed, reclaimed } = result;
  return (
    <>
      <div className="sf-result-line">
        <span className="sf-ok sf-result-word">
          <IconCircleCheck size={16} aria-hidden /> {expireSummary(result)}
        </span>
        {reclaimed ? <span>{pruneSummary(reclaimed)}</span> : null}
      </div>
      <RemovedImages removed={removed} />
      {reclaimed ? <PruneFigures result={reclaimed} /> : null}
      {removed.length > 0 && !reclaimed ? (
        <Notice tone="info" title={t('running:report.next')}>
          <p>{t('running:expire.notReclaimed')}</p>
        </Notice>
      ) : null}
    </>
  );
}
