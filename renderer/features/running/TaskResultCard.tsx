/** What a task did, in numbers. */
import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { BackupResult, CheckResult, RestoreResult, TaskResult } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { type Stat, StatGrid } from '../../components/StatGrid.tsx';
import { countOf, exactBytes, formatBytes, formatDuration } from '../../i18n/quantities.ts';
import { CONSISTENCY_HELP, CONSISTENCY_WORDS, IMAGE_TYPE_NAMES, PROVIDER_WORDS } from '../../i18n/words.ts';
import { useStores } from '../../stores/use-stores.ts';
import { ReadingLine } from './ReadingLine.tsx';

function Backup({ result }: { result: BackupResult }) {
  const { images, ui } = useStores();
  const { counters, image } = result;
  const stats: Stat[] = [
    { name: 'Scanned', bytes: counters.scannedBytes, hint: 'Size of the volume: every byte is accounted for' },
    { name: 'Read', bytes: counters.readBytes, colour: 'var(--sf-used)', hint: 'Read from the device' },
    {
      name: 'New stored',
      bytes: counters.storedBytes,
      colour: 'var(--sf-stored)',
      hint: 'Added to the repository, compressed and encrypted',
    },
    {
      name: 'Deduplicated',
      bytes: counters.deduplicatedBytes,
      colour: 'var(--sf-deduplicated)',
      hint: 'Was already in the repository',
    },
    { name: 'Zero', bytes: counters.zeroBytes, colour: 'var(--sf-zero)', hint: 'Read, and all zero' },
    {
      name: 'Free',
      bytes: counters.freeBytes,
      colour: 'var(--sf-free)',
      hint: 'Not used by the file system: not read',
    },
    ...(counters.unchangedBytes
      ? [
          {
            name: 'Unchanged, not read',
            bytes: counters.unchangedBytes,
            hint: 'Change tracking knew them to be as in the image before: taken over from it',
          },
        ]
      : []),
    {
      name: 'Unreadable',
      bytes: counters.unreadableBytes,
      colour: 'var(--sf-unreadable)',
      hint: 'Could not be read, stored as zeros',
    },
  ];
  return (
    <>
      <div className="sf-result-line">
        <span className="sf-ok sf-result-word">
          <IconCircleCheck size={16} aria-hidden /> Image stored in {formatDuration(result.elapsedSeconds)}
        </span>
        <span>
          {IMAGE_TYPE_NAMES[image.imageType]}
          {image.provider === 'NONE' ? '' : ` by ${PROVIDER_WORDS[image.provider]}`}
        </span>
        <span className="sf-grow" />
        <Button
          variant="default"
          onClick={() => {
            images.getState().select(image.id);
            ui.getState().openDialog('file-details');
          }}
        >
          File Details
        </Button>
      </div>
      <p className="sf-small">
        {CONSISTENCY_WORDS[image.consistency]}: <span className="sf-dim">{CONSISTENCY_HELP[image.consistency]}</span>
      </p>
      <ReadingLine reading={result.reading} />
      <StatGrid stats={stats} />
    </>
  );
}

function Restore({ result }: { result: RestoreResult }) {
  const stats: Stat[] = [
    { name: 'Written', bytes: result.writtenBytes, colour: 'var(--sf-stored)' },
    { name: 'Left as it was', bytes: result.skippedBytes, colour: 'var(--sf-free)' },
    { name: 'Zeroed', bytes: result.zeroedBytes, colour: 'var(--sf-zero)' },
    { name: 'Discarded', bytes: result.discardedBytes, colour: 'var(--sf-free)' },
    { name: 'Read back, equal', bytes: result.verifiedBytes, colour: 'var(--sf-deduplicated)' },
  ];
  return (
    <>
      <div className="sf-result-line">
        {result.verifiedBytes > 0 ? (
          <span className="sf-ok sf-result-word" title={exactBytes(result.verifiedBytes)}>
            <IconCircleCheck size={16} aria-hidden /> Restored and verified by read-back:{' '}
            {formatBytes(result.verifiedBytes)} equal
          </span>
        ) : (
          <span className="sf-result-word">Restored. Read-back was switched off.</span>
        )}
        <span className="sf-dim">
          written in {formatDuration(result.writeSeconds)}
          {result.verifiedBytes > 0 ? `, verified in ${formatDuration(result.verifySeconds)}` : ''}
        </span>
      </div>
      <StatGrid stats={stats} />
      {result.nextSteps.length > 0 ? (
        <Notice tone="info" title="What to do next">
          <ul>
            {result.nextSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  );
}

function Check({ result }: { result: CheckResult }) {
  const errors = result.problems.filter((problem) => problem.severity === 'error');
  return (
    <>
      <div className="sf-result-line">
        <span className="sf-dim">
          {countOf(result.snapshots, 'snapshot')}, {countOf(result.packs, 'pack')}, {countOf(result.blobs, 'blob')}{' '}
          checked in {formatDuration(result.elapsedSeconds)}
          {result.readData ? `, ${formatBytes(result.readBytes)} read` : ', data not read'}
        </span>
      </div>
      {errors.length === 0 ? (
        <Notice tone="ok" title="No damage found" />
      ) : (
        <Notice tone="bad" title={`${countOf(errors.length, 'problem')} found`}>
          <p>Do not delete anything from the repository. Images that do not use these files are fine.</p>
        </Notice>
      )}
      {result.problems.length > 0 ? (
        <details className="sf-details">
          <summary>All findings ({result.problems.length})</summary>
          <pre>
            {result.problems
              .map((problem) => `${problem.severity} · ${problem.kind} ${problem.file}: ${problem.problem}`)
              .join('\n')}
          </pre>
        </details>
      ) : null}
    </>
  );
}

export function TaskResultCard({ result }: { result: TaskResult }) {
  switch (result.kind) {
    case 'backup':
      return <Backup result={result} />;
    case 'restore':
      return <Restore result={result} />;
    case 'check':
      return <Check result={result} />;
  }
}
