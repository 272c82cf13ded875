/** What `backup image` prints for people, line by line as dsmc does. */
import type { BackupPlan, BackupResult, ImageCounters, ImageType, Reading } from '#contract';
import { formatBytes, formatCount, formatElapsed, formatRate, plural } from '../figures.ts';
import { formatPairs } from '../text-table.ts';

/** What the run will do and why, before it starts. */
export function planLines(plan: BackupPlan): string[] {
  const { volume, imageType, provider, readBytes, why, expectedNewBytes, willRemount, warnings } = plan;
  const label = volume.label === '' ? '' : ` “${volume.label}”`;
  const { low, high } = expectedNewBytes;
  return [
    ...formatPairs(
      [
        ['Volume', `${formatBytes(volume.sizeBytes)} ${volume.fsType || 'raw'}${label}`],
        ['To read', `${formatBytes(readBytes)}. ${why}`],
        ['Expected new', `${formatBytes(low)} to ${formatBytes(high)}`],
        ['Read-only meanwhile', willRemount.join(', ')],
        ...snapshotPairs(plan),
        ...warnings.map((warning) => ['Note', warning] as const),
      ],
      '  ',
    ),
    `Using ${imageType} image backup${provider === 'NONE' ? '' : ` (${provider})`} for volume '${volume.name}'`,
  ];
}

/** What the snapshot will be, where one is taken. */
function snapshotPairs({ imageType, provider, snapshot }: BackupPlan): [string, string][] {
  const taken = snapshot?.providers.find((one) => one.provider === provider);
  if (imageType !== 'snapshot' || taken === undefined) return [];
  const { method, space, blocksWriters } = taken;
  const need = space ? `, needs ${formatBytes(space.neededBytes)} of ${formatBytes(space.presentBytes)} free` : '';
  const waits = blocksWriters ? '; programs cannot write to the volume meanwhile' : '';
  return [['Snapshot', `${method}${need}${waits}`]];
}

/** How one volume ended. */
export function sentLines({
  image,
  counters,
  reading,
  warnings,
}: Pick<BackupResult, 'image' | 'counters' | 'reading' | 'warnings'>): string[] {
  const clean = warnings.length === 0 && counters.unreadableBytes === 0;
  return [
    `Volume --> ${formatCount(counters.readBytes).padStart(20)} ${image.volume} [Sent]`,
    reading.why,
    ...(reading.auditedBlocks > 0 ? [auditLine(reading)] : []),
    `Image ${image.id.slice(0, 8)}: ${TYPES[image.imageType]}${image.provider === 'NONE' ? '' : ` (${image.provider})`}, consistency ${image.consistency}, ` +
      `class ${image.mgmtClass}`,
    `Image backup of '${image.volume}' finished ${clean ? 'without failure' : 'with warnings'}.`,
  ];
}

/** That earlier images follow another class from now on. */
export function reboundText({ images, from, to }: NonNullable<BackupResult['rebound']>, volume: string): string {
  const are = images === 1 ? 'is' : 'are';
  return `${plural(images, 'earlier image')} of ${volume} ${are} bound to the management class ${to} from now on, no longer to ${from.join(', ')}.`;
}

function auditLine({ auditedBlocks, auditMismatches }: Reading): string {
  const blocks = `${formatCount(auditedBlocks)} blocks that change tracking called unchanged were read to check it`;
  return auditMismatches === 0 ? `${blocks}: all were unchanged.` : `${blocks}: ${auditMismatches} had changed.`;
}

const TYPES: Record<ImageType, string> = {
  static: 'static image',
  snapshot: 'snapshot image',
  dynamic: 'dynamic image (run a file system check after restoring it)',
};

/** Volumes of one run and their counters. */
export interface VolumeTally {
  inspected: number;
  backedUp: number;
  skipped: number;
  failed: number;
  /** Earlier images that are bound to another class now. */
  rebound?: number;
  counters: readonly ImageCounters[];
}

/** The table at the end. */
export function summaryLines(
  { inspected, backedUp, skipped, failed, rebound = 0, counters }: VolumeTally,
  seconds: number,
): string[] {
  return alignRight([
    ['Volumes inspected', formatCount(inspected)],
    ['Volumes backed up', formatCount(backedUp)],
    ['Volumes skipped', formatCount(skipped)],
    ['Volumes failed', formatCount(failed)],
    ...(rebound > 0 ? [['Images rebound', formatCount(rebound)] as const] : []),
    ...(counters.length > 0 ? bytePairs(counters, seconds) : []),
    ['Elapsed processing time', formatElapsed(seconds)],
  ]);
}

function bytePairs(counters: readonly ImageCounters[], seconds: number): (readonly [string, string])[] {
  const sum = (key: keyof ImageCounters) => counters.reduce((bytes, one) => bytes + (one[key] ?? 0), 0);
  const bytes = (key: keyof ImageCounters) => formatBytes(sum(key));
  const readBytes = sum('readBytes');
  const saved = readBytes === 0 ? 0 : Math.max(0, 1 - sum('storedBytes') / readBytes);
  return [
    ['Bytes scanned', bytes('scannedBytes')],
    ['Bytes read', bytes('readBytes')],
    ['Bytes changed', bytes('changedBytes')],
    ['Bytes stored', bytes('storedBytes')],
    ['Bytes deduplicated', bytes('deduplicatedBytes')],
    ['Bytes zero', bytes('zeroBytes')],
    ['Bytes free, not read', bytes('freeBytes')],
    ...(sum('unchangedBytes') > 0 ? [['Bytes unchanged, not read', bytes('unchangedBytes')] as const] : []),
    ...(sum('unreadableBytes') > 0 ? [['Bytes unreadable', bytes('unreadableBytes')] as const] : []),
    ['Reduced by', `${(saved * 100).toFixed(1)} %`],
    ['Aggregate read rate', formatRate(seconds > 0 ? readBytes / seconds : 0)],
  ];
}

/** `Label:      value` with the values flush right. */
export function alignRight(pairs: readonly (readonly [string, string])[]): string[] {
  const label = Math.max(...pairs.map(([text]) => text.length)) + 1;
  const value = Math.max(...pairs.map(([, text]) => text.length));
  return pairs.map(([name, text]) => `${`${name}:`.padEnd(label)}  ${text.padStart(value)}`);
}
