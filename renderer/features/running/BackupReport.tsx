/** What a backup did. */
import { IconCircleCheck } from '@tabler/icons-react';
import type { BackupResult, TaskSnapshot } from '#contract';
import { StatGrid } from '../../components/StatGrid.tsx';
import { formatDuration } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { CONSISTENCY_HELP, CONSISTENCY_WORDS } from '../../i18n/words.ts';
import { ReadingLine } from './ReadingLine.tsx';
import { ReboundNotice } from './ReboundNotice.tsx';
import { ReportFacts } from './ReportFacts.tsx';
import { backupStats, backupTimes, objectFacts } from './report-facts.ts';
import { imageWords } from './report-text.ts';

export function BackupReport({ task, result }: { task: TaskSnapshot; result: BackupResult }) {
  const { image } = result;
  return (
    <>
      <div className="sf-result-line">
        <span className="sf-ok sf-result-word">
          <IconCircleCheck size={16} aria-hidden />{' '}
          {t('running:report.stored', { time: formatDuration(result.elapsedSeconds) })}
        </span>
        <span>{imageWords(image)}</span>
        <span className="sf-small">
          {CONSISTENCY_WORDS[image.consistency]}: <span className="sf-dim">{CONSISTENCY_HELP[image.consistency]}</span>
        </span>
      </div>
      <ReadingLine reading={result.reading} />
      <ReboundNotice rebound={result.rebound} />
      <StatGrid stats={backupStats(result)} />
      <ReportFacts facts={[...objectFacts(task), ...backupTimes(result)]} />
    </>
  );
}
