/** What pruning freed, and what it left where it is. */
import { IconCircleCheck } from '@tabler/icons-react';
import type { PruneResult } from '#contract';
import { StatGrid } from '../../components/StatGrid.tsx';
import { t } from '../../i18n/t.ts';
import { ReportFacts } from './ReportFacts.tsx';
import { pruneFacts, pruneStats } from './report-facts.ts';
import { pruneSummary } from './report-text.ts';

/** The figures alone, for a report in which they are a part. */
export function PruneFigures({ result }: { result: PruneResult }) {
  return (
    <>
      <StatGrid stats={pruneStats(result)} />
      <ReportFacts facts={pruneFacts(result)} />
    </>
  );
}

export function PruneReport({ result }: { result: PruneResult }) {
  return (
    <>
      <div className="sf-result-line">
        <span className="sf-ok sf-result-word">
          <IconCircleCheck size={16} aria-hidden /> {pruneSummary(result)}
        </span>
        <span className="sf-small sf-dim">{t('running:prune.interrupted')}</span>
      </div>
      <PruneFigures result={result} />
    </>
  );
}
