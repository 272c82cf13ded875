/** What a run did, in numbers, with the colours that its bytes have everywhere. */
import type { BackupResult, CheckResult, RestoreResult, TaskResult } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { type Stat, StatGrid } from '../../components/StatGrid.tsx';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { ExpireReport } from '../running/ExpireReport.tsx';
import { PruneReport } from '../running/PruneReport.tsx';
import { ReboundNotice } from '../running/ReboundNotice.tsx';

function Backup({ result }: { result: BackupResult }) {
  const { counters } = result;
  const stats: Stat[] = [
    { name: t('activity:counters.scanned'), bytes: counters.scannedBytes },
    { name: t('activity:counters.read'), bytes: counters.readBytes, colour: 'var(--sf-used)' },
    { name: t('activity:counters.stored'), bytes: counters.storedBytes, colour: 'var(--sf-stored)' },
    { name: t('activity:counters.deduplicated'), bytes: counters.deduplicatedBytes, colour: 'var(--sf-deduplicated)' },
    { name: t('activity:counters.zero'), bytes: counters.zeroBytes, colour: 'var(--sf-zero)' },
    { name: t('activity:counters.free'), bytes: counters.freeBytes, colour: 'var(--sf-free)' },
    ...(counters.unchangedBytes ? [{ name: t('activity:counters.unchanged'), bytes: counters.unchangedBytes }] : []),
    ...(counters.unreadableBytes > 0
      ? [
          {
            name: t('activity:counters.unreadable'),
            bytes: counters.unreadableBytes,
            colour: 'var(--sf-unreadable)',
          },
        ]
      : []),
  ];
  return (
    <>
      <ReboundNotice rebound={result.rebound} />
      <StatGrid stats={stats} />
    </>
  );
}

function Restore({ result }: { result: RestoreResult }) {
  const stats: Stat[] = [
    { name: t('activity:counters.written'), bytes: result.writtenBytes, colour: 'var(--sf-stored)' },
    { name: t('activity:counters.skipped'), bytes: result.skippedBytes, colour: 'var(--sf-free)' },
    { name: t('activity:counters.zeroed'), bytes: result.zeroedBytes, colour: 'var(--sf-zero)' },
    { name: t('activity:counters.discarded'), bytes: result.discardedBytes, colour: 'var(--sf-free)' },
    { name: t('activity:counters.verified'), bytes: result.verifiedBytes, colour: 'var(--sf-deduplicated)' },
  ];
  return (
    <>
      <StatGrid stats={stats} />
      {result.nextSteps.map((step) => (
        <Notice key={step} tone="info">
          <p>
            <Sentence text={step} />
          </p>
        </Notice>
      ))}
    </>
  );
}

function Check({ result }: { result: CheckResult }) {
  const errors = result.problems.filter(({ severity }) => severity === 'error').length;
  const { snapshots, packs, blobs, problems } = result;
  return (
    <>
      <p className="sf-small">
        {t('activity:counters.checked', { snapshots, packs, blobs })}{' '}
        {result.readData ? t('activity:counters.dataRead') : t('activity:counters.dataNotRead')}
      </p>
      {errors === 0 ? (
        <Notice tone="ok" title={t('activity:counters.noDamage')} />
      ) : (
        <Notice tone="bad" title={t('activity:counters.damage', { count: errors })}>
          <p>{t('activity:counters.damageHelp')}</p>
        </Notice>
      )}
      {problems.length > 0 ? (
        <details className="sf-details">
          <summary>{t('activity:counters.findings', { count: problems.length })}</summary>
          <pre>
            {problems
              .map((each) => `${each.severity} · ${each.kind} ${each.file}: ${translateSentence(each.problem)}`)
              .join('\n')}
          </pre>
        </details>
      ) : null}
    </>
  );
}

export function RunResult({ result }: { result: TaskResult }) {
  switch (result.kind) {
    case 'backup':
      return <Backup result={result} />;
    case 'restore':
      return <Restore result={result} />;
    case 'check':
      return <Check result={result} />;
    case 'expire':
      return <ExpireReport result={result} />;
    case 'prune':
      return <PruneReport result={result} />;
  }
}
