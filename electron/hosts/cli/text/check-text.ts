/** What `check` prints for people. */
import { type CheckResult, messageIdOfError } from '#contract';
import { formatBytes, formatCount, formatElapsed, plural } from '../figures.ts';
import { alignRight } from './backup-text.ts';

/** Damage is told where everything else of a check is told: as its result. */
const DAMAGED = messageIdOfError('REPOSITORY_DAMAGED');

/** The problems, the counters and the verdict. */
export function checkLines({ problems, ...result }: Omit<CheckResult, 'kind'>): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return [
    ...problems.map(
      ({ severity, kind, file, problem }) =>
        `${severity === 'error' ? `${DAMAGED} Damage` : 'Notice'}: ${kind} ${file}: ${problem}`,
    ),
    ...alignRight([
      ['Packs', formatCount(result.packs)],
      ['Blobs', formatCount(result.blobs)],
      ['Snapshots', formatCount(result.snapshots)],
      ['Bytes read', formatBytes(result.readBytes)],
      ['Elapsed processing time', formatElapsed(result.elapsedSeconds)],
    ]),
    '',
    verdict(errors, result.readData),
  ];
}

function verdict(errors: number, readData: boolean): string {
  if (errors > 0)
    return `${DAMAGED} The repository is damaged: ${plural(errors, 'problem')}. Copy it before you repair anything.`;
  return readData
    ? 'The repository is undamaged: every stored block was read and verified.'
    : 'The structure of the repository is undamaged. Use -readdata to verify every stored block.';
}
