/** What `preview backup image` prints for people. */
import type { BackupPlan, PlacedRule } from '#contract';
import { formatRule } from '#engine/policy/rules.ts';
import { formatBytes, formatCount, formatEta, plural } from '../figures.ts';
import { formatPairs } from '../text-table.ts';

/** What decides about a volume besides its plan. */
export interface PreviewFacts {
  excluded: boolean;
  rule?: PlacedRule & { file: string };
  managementClass: string;
}

/** One volume: what would be read and why, and what decides it. */
export function previewLines(plan: BackupPlan, { excluded, rule, managementClass }: PreviewFacts): string[] {
  const { volume, used, expectedNewBytes, durationSeconds, willRemount, obstacles, warnings } = plan;
  const { low, high } = expectedNewBytes;
  return [
    `Preview of the image backup of volume '${volume.name}'`,
    ...formatPairs(
      [
        ['Would be done', doneText(plan, excluded)],
        ['Decided by', rule ? `line ${rule.line} of ${rule.file}: ${formatRule(rule)}` : 'no rule names it'],
        ...(excluded ? [] : obstacles).map((obstacle) => ['In the way', obstacle] as const),
        ['Volume', `${formatBytes(volume.sizeBytes)} ${volume.fsType || 'raw'}`],
        ['To read', `${formatBytes(plan.readBytes)} (${formatCount(plan.readBytes)} bytes)`],
        ['Why', plan.why],
        ['Not read', `${formatBytes(used.skippedBytes)} in ${plural(used.skippedCount, 'unused run')}`],
        ['Expected new', `${formatBytes(low)} to ${formatBytes(high)}`],
        ['Time', durationSeconds ? formatEta(durationSeconds) : ''],
        ['Image type', `${plan.imageType}, consistency ${plan.consistency}`],
        ['Snapshot provider', plan.provider],
        ['Management class', managementClass],
        ['Read-only meanwhile', willRemount.join(', ')],
        ...warnings.map((warning) => ['Note', warning] as const),
        ['Command', plan.command],
      ],
      '  ',
    ),
  ];
}

function doneText({ obstacles }: BackupPlan, excluded: boolean): string {
  if (excluded) return 'no, it is excluded';
  return obstacles.length > 0 ? 'no' : 'yes';
}
