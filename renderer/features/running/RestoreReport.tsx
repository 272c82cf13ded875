/** What a restore did, whether it was proven, and what to do next. */
import { IconCircleCheck } from '@tabler/icons-react';
import type { RestoreResult } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { StatGrid } from '../../components/StatGrid.tsx';
import { exactBytes, formatBytes, formatDuration } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { MountLook } from './MountLook.tsx';
import { ReportFacts } from './ReportFacts.tsx';
import { restoreStats, restoreTimes } from './report-facts.ts';

export function RestoreReport({ result }: { result: RestoreResult }) {
  const verified = result.verifiedBytes > 0;
  const time = formatDuration(result.writeSeconds);
  return (
    <>
      <div className="sf-result-line">
        {verified ? (
          <span className="sf-ok sf-result-word" title={exactBytes(result.verifiedBytes)}>
            <IconCircleCheck size={16} aria-hidden />{' '}
            {t('running:report.verified', { bytes: formatBytes(result.verifiedBytes) })}
          </span>
        ) : (
          <span className="sf-result-word">{t('running:report.notVerified')}</span>
        )}
        <span className="sf-dim">
          {verified
            ? t('running:report.writtenVerified', { time, verifyTime: formatDuration(result.verifySeconds) })
            : t('running:report.written', { time })}
        </span>
      </div>
      <StatGrid stats={restoreStats(result)} />
      <ReportFacts facts={restoreTimes(result)} />
      {result.nextSteps.length > 0 ? (
        <Notice tone="info" title={t('running:report.next')}>
          <ul>
            {result.nextSteps.map((step) => (
              <li key={step}>
                <Sentence text={step} />
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <MountLook volume={result.target} />
    </>
  );
}
