/** What expiration and deletion print for people. */
import type { ExpirationPreview, ExpireResult, ImageSummary, RetentionDecision, RetentionRule } from '#contract';
import { formatBytes, formatInstant, plural } from '../figures.ts';
import { formatTable } from '../text-table.ts';
import { prunePlanLines, pruneResultLines } from './prune-text.ts';

const RULES: Record<RetentionRule, string> = {
  active: 'active',
  pinned: 'pinned',
  foreign: "restic's own",
  withinLimits: 'within limits',
  grace: 'grace',
  versions: 'too many versions',
  age: 'too old',
  onlyVersion: 'last one too old',
  graceOver: 'grace is over',
  deleted: 'deleted',
};

/** Each keep and each drop with its rule, count and age; with -detail the reason in words. */
export function previewLines({ decisions, reclaim }: ExpirationPreview, { detail }: { detail: boolean }): string[] {
  if (decisions.length === 0) return ['There are no images.'];
  const dropped = decisions.filter(({ keep }) => !keep).length;
  const kept = decisions.length - dropped;
  return [
    ...decisionTable(decisions, detail),
    '',
    `An expiration would remove ${plural(dropped, 'image')} and keep ${plural(kept, 'image')}. Nothing was changed.`,
    ...(reclaim ? ['', 'Pruning after it:', ...prunePlanLines(reclaim).map((line) => `  ${line}`.trimEnd())] : []),
  ];
}

function decisionTable(decisions: readonly RetentionDecision[], detail: boolean): string[] {
  const computers = new Set(decisions.map(({ hostname }) => hostname));
  const nodes = [{ title: 'Node', cell: ({ hostname }: RetentionDecision) => hostname }];
  return formatTable<RetentionDecision>(
    [
      { title: 'Image', cell: ({ imageId }) => imageId.slice(0, 8) },
      { title: 'Volume', cell: ({ volume }) => volume },
      ...(computers.size > 1 ? nodes : []),
      { title: 'Backup Date', cell: ({ time }) => formatInstant(time) },
      { title: 'Mgmt Class', cell: classText },
      { title: 'Action', cell: ({ keep }) => (keep ? 'keep' : 'remove') },
      { title: 'Rule', cell: ({ rule }) => RULES[rule] },
      { title: 'Count', cell: countText },
      { title: 'Days Inactive', cell: ageText },
      ...(detail ? [{ title: 'Why', cell: ({ why }: RetentionDecision) => why }] : []),
    ],
    decisions,
  );
}

function classText({ managementClass, reboundFrom }: RetentionDecision): string {
  return reboundFrom === undefined ? managementClass || '-' : `${managementClass} (was ${reboundFrom})`;
}

function countText({ position, limit, rule }: RetentionDecision): string {
  if (limit === undefined) return rule === 'active' ? String(position) : '-';
  return `${position} of ${limit}`;
}

function ageText({ inactiveDays, limitDays }: RetentionDecision): string {
  if (inactiveDays === undefined) return '-';
  return limitDays === undefined ? String(inactiveDays) : `${inactiveDays} of ${limitDays}`;
}

/** What an expiration did. */
export function expiredLines({ removed, kept, reclaimed }: Omit<ExpireResult, 'kind'>): string[] {
  return [
    ...removed.map(({ imageId, volume, time, why }) => {
      return `Expired --> ${imageId.slice(0, 8)}  ${formatInstant(time)}  ${volume}: ${why}`;
    }),
    `${plural(removed.length, 'image')} removed, ${kept} kept.`,
    ...(reclaimed ? ['', ...pruneResultLines(reclaimed)] : []),
  ];
}

/** Images that are about to be deleted. */
export function deletionTable(images: readonly ImageSummary[]): string[] {
  return formatTable(
    [
      { title: 'Id', cell: ({ id }: ImageSummary) => id.slice(0, 8) },
      { title: 'Image Size', align: 'right', cell: ({ imageSize }) => formatBytes(imageSize) },
      { title: 'Backup Date', cell: ({ time }) => formatInstant(time) },
      { title: 'A/I', cell: ({ active }) => (active ? 'A' : 'I') },
      { title: 'Image Name', cell: ({ volume }) => volume },
    ],
    images,
  );
}
