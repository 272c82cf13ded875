/** What `restore image` prints for people. */
import type { RestorePlan, RestoreResult } from '#contract';
import { formatBytes, formatElapsed, formatInstant, formatRate } from '../figures.ts';
import { formatPairs } from '../text-table.ts';
import { alignRight } from './backup-text.ts';

/** What would be lost, before the name is asked for. */
export function confirmationLines({ image, target, targetName, targetContent }: RestorePlan): string[] {
  return [
    '',
    'Everything on this target will be overwritten:',
    ...formatPairs(
      [
        ['Target', targetName],
        ['Size', target ? formatBytes(target.sizeBytes) : ''],
        ['Model', [target?.model, target?.serial].filter(Boolean).join(', serial ')],
        ['Holds now', targetContent],
        [
          'Image',
          `${image.volume} on ${image.hostname}, ${formatInstant(image.time)}, ${formatBytes(image.imageSize)}, ${image.id.slice(0, 8)}`,
        ],
      ],
      '  ',
    ),
    '',
  ];
}

/** What is about to happen. */
export function startLines({ image, targetName, writeBytes }: RestorePlan): string[] {
  return [
    `Restoring ${image.imageType} image of '${image.volume}', ${formatInstant(image.time)}, to '${targetName}'`,
    `  ${formatBytes(writeBytes)} in use of ${formatBytes(image.imageSize)}`,
  ];
}

/** How it ended. */
export function restoredLines(result: Omit<RestoreResult, 'kind'>, volume: string): string[] {
  const rate = result.writeSeconds > 0 ? result.writtenBytes / result.writeSeconds : 0;
  return [
    `Restore of '${volume}' to '${result.target}' finished ${result.warnings.length === 0 ? 'without failure' : 'with warnings'}.`,
    '',
    ...alignRight([
      ['Bytes written', formatBytes(result.writtenBytes)],
      ['Bytes left as they were', formatBytes(result.skippedBytes)],
      ['Bytes zeroed', formatBytes(result.zeroedBytes)],
      ['Bytes discarded', formatBytes(result.discardedBytes)],
      ['Bytes read back and equal', result.verifiedBytes === 0 ? 'not read' : formatBytes(result.verifiedBytes)],
      ['Write rate', formatRate(rate)],
      ['Elapsed processing time', formatElapsed(result.elapsedSeconds)],
    ]),
    ...(result.nextSteps.length > 0 ? ['', 'Next:', ...result.nextSteps.map((step) => `  ${step}`)] : []),
  ];
}
