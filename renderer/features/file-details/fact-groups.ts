/** Everything that is known about one image as groups of facts: what the panel draws and what is copied as text. */
import { fileSystemName, type ImageDetails, type RetentionDecision, type VolumePartition } from '#contract';
import { exactTime } from '../../i18n/instants.ts';
import { exactBytes, formatBytes, formatDuration } from '../../i18n/quantities.ts';
import { auditText } from '../../i18n/reading.ts';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import {
  CONSISTENCY_HELP,
  CONSISTENCY_WORDS,
  IMAGE_TYPE_NAMES,
  MODE_WORDS,
  PARTITION_SCHEME_WORDS,
  PROVIDER_WORDS,
  SCOPE_WORDS,
  VOLUME_KIND_WORDS,
} from '../../i18n/words.ts';
import { bytes, type DetailFact, text } from './detail-fact.ts';
import { retentionFacts } from './retention-facts.ts';

export interface FactGroup {
  key:
    | 'volume'
    | 'partition'
    | 'image'
    | 'retention'
    | 'consistency'
    | 'reading'
    | 'storage'
    | 'provenance'
    | 'options';
  title: string;
  facts: DetailFact[];
}

/** Unreadable ranges that are shown; all of them are copied. */
const SHOWN_RANGES = 8;

function volumeFacts({ summary, manifest }: ImageDetails): DetailFact[] {
  const volume = manifest?.volume;
  return [
    ...text(t('details:facts.volume'), summary.volume, { mono: true }),
    ...text(t('details:facts.kind'), volume && VOLUME_KIND_WORDS[volume.kind]),
    ...text(t('details:facts.label'), summary.fsLabel),
    ...text(t('details:facts.fileSystem'), manifest ? fileSystemName(manifest.fileSystem) : summary.fsType, {
      mono: true,
    }),
    ...text(t('details:facts.uuid'), volume?.fsUuid, { mono: true }),
    // Of partitions it is with the rest of their entry.
    ...(volume?.partition ? [] : text(t('details:facts.partUuid'), volume?.partUuid, { mono: true })),
    ...text(t('details:facts.mountedAt'), volume?.mountPoint, { mono: true }),
    ...text(t('details:facts.model'), volume?.model),
    ...text(t('details:facts.serial'), volume?.serial, { mono: true }),
    ...(volume
      ? text(
          t('details:facts.sectors'),
          t('details:facts.sectorsValue', {
            logical: volume.logicalSectorBytes,
            physical: volume.physicalSectorBytes,
          }),
        )
      : []),
    ...text(t('details:facts.features'), manifest?.fileSystem.features.join(', ')),
    // Of contents that are known by name only nobody asked.
    ...(manifest && manifest.fileSystem.blockSizeBytes > 0
      ? text(t('details:facts.state'), t(`details:states.${manifest.fileSystem.state}`))
      : []),
  ];
}

function partitionFacts(partition: VolumePartition): DetailFact[] {
  const { disk, role, number } = partition;
  const flags = [
    ...(partition.active ? [t('details:facts.active')] : []),
    ...partition.attributes.map((bit) => t('details:facts.bit', { bit })),
  ];
  return [
    ...text(t('details:facts.disk'), disk.diskId, { mono: true }),
    ...text(t('details:facts.table'), `${PARTITION_SCHEME_WORDS[disk.scheme]}, ${formatBytes(disk.diskSizeBytes)}`, {
      copy: String(disk.diskSizeBytes),
    }),
    ...text(t('details:facts.number'), role === 'logical' ? t('details:facts.logical', { number }) : String(number), {
      copy: String(number),
    }),
    ...text(t('details:facts.type'), translateSentence(partition.typeName) || partition.typeId, {
      copy: partition.typeId,
    }),
    ...text(t('details:facts.name'), partition.name),
    ...text(t('details:facts.flags'), flags.join(', ')),
    ...text(t('details:facts.start'), exactBytes(partition.startBytes), { copy: String(partition.startBytes) }),
    ...text(t('details:facts.size'), exactBytes(partition.sizeBytes), { copy: String(partition.sizeBytes) }),
    ...text(t('details:facts.partUuid'), partition.partUuid, { mono: true }),
  ];
}

function imageFacts({ summary, manifest }: ImageDetails): DetailFact[] {
  const took = manifest && (Date.parse(manifest.finishedAt) - Date.parse(manifest.startedAt)) / 1000;
  return [
    ...text(t('details:facts.date'), exactTime(summary.time), { copy: summary.time }),
    // restic says neither.
    ...text(t('details:facts.imageType'), manifest && IMAGE_TYPE_NAMES[summary.imageType]),
    ...text(t('details:facts.mode'), manifest && MODE_WORDS[summary.mode]),
    ...bytes(t('details:facts.imageSize'), summary.imageSize),
    ...bytes(t('details:facts.usedSize'), summary.usedSize),
    ...text(
      t('details:facts.status'),
      t(summary.active ? 'details:facts.activeStatus' : 'details:facts.inactiveStatus'),
    ),
    ...(took === undefined ? [] : text(t('details:facts.took'), formatDuration(took), { copy: String(took) })),
  ];
}

function consistencyFacts({ summary, manifest }: ImageDetails): DetailFact[] {
  const ranges = manifest?.unreadable ?? [];
  const shown = ranges.slice(0, SHOWN_RANGES).map((range) =>
    t('details:facts.range', {
      length: exactBytes(range.lengthBytes),
      offset: exactBytes(range.offsetBytes),
    }),
  );
  const more = ranges.length - shown.length;
  return [
    ...text(
      t('details:facts.consistency'),
      manifest ? CONSISTENCY_WORDS[summary.consistency] : t('details:facts.unknown'),
    ),
    ...text(
      t('details:facts.meaning'),
      manifest ? CONSISTENCY_HELP[summary.consistency] : t('details:facts.unknownHelp'),
    ),
    ...text(t('details:facts.provider'), manifest && PROVIDER_WORDS[summary.provider]),
    ...text(
      t('details:facts.unreadable'),
      summary.unreadableBytes === 0 ? t('details:facts.none') : formatBytes(summary.unreadableBytes),
      { copy: String(summary.unreadableBytes) },
    ),
    ...text(
      t('details:facts.ranges'),
      [...shown, ...(more > 0 ? [t('details:facts.moreRanges', { count: more })] : [])].join('; '),
      { copy: ranges.map((range) => `${range.offsetBytes}+${range.lengthBytes}`).join('\n') },
    ),
  ];
}

function readingFacts({ manifest }: ImageDetails): DetailFact[] {
  if (!manifest) return [];
  const { reading, counters, extents } = manifest;
  return [
    ...bytes(t('details:facts.read'), counters.readBytes),
    ...text(t('details:facts.scope'), SCOPE_WORDS[reading?.scope ?? extents.mode]),
    ...text(t('details:facts.why'), reading && translateSentence(reading.why)),
    ...(reading && reading.unchangedBytes > 0
      ? text(t('details:facts.unchanged'), t('details:facts.notRead', { size: formatBytes(reading.unchangedBytes) }), {
          copy: String(reading.unchangedBytes),
        })
      : []),
    ...text(t('details:facts.audit'), reading ? auditText(reading) : undefined),
    ...bytes(t('details:facts.changed'), counters.changedBytes),
    ...bytes(t('details:facts.zero'), counters.zeroBytes),
    ...bytes(t('details:facts.free'), counters.freeBytes),
  ];
}

function storageFacts({ summary, manifest, storedSize, blockCount, uniqueBlockCount }: ImageDetails): DetailFact[] {
  const skipped = manifest?.extents.skipped;
  return [
    ...bytes(t('details:facts.storedSize'), storedSize),
    ...bytes(t('details:facts.newSize'), summary.newSize),
    ...bytes(t('details:facts.deduplicated'), manifest?.counters.deduplicatedBytes),
    ...text(
      t('details:facts.blocks'),
      t('details:facts.blocksValue', { count: blockCount, unique: uniqueBlockCount }),
      { copy: String(blockCount) },
    ),
    ...bytes(t('details:facts.grid'), manifest?.gridBytes),
    ...(manifest?.gapBytes === 0
      ? text(t('details:facts.gap'), t('details:facts.gapNone'), { copy: '0' })
      : bytes(t('details:facts.gap'), manifest?.gapBytes)),
    ...(manifest ? text(t('details:facts.extents'), String(manifest.extents.count)) : []),
    ...(skipped && skipped.count > 0
      ? text(
          t('details:facts.skipped'),
          t('details:facts.skippedValue', { count: skipped.count, size: formatBytes(skipped.bytes) }),
          { copy: String(skipped.bytes) },
        )
      : []),
    ...bytes(t('details:facts.largestGap'), skipped?.largest?.lengthBytes),
  ];
}

function provenanceFacts({ summary, manifest }: ImageDetails): DetailFact[] {
  return [
    ...text(t('details:facts.snapshotId'), summary.id, { mono: true }),
    ...text(t('details:facts.madeBy'), manifest ? `Stillframe ${manifest.engineVersion}` : 'restic'),
    ...text(t('details:facts.nodeName'), summary.hostname),
    ...text(t('details:facts.merkleRoot'), manifest?.merkleRoot, { mono: true }),
  ];
}

/** `decision`: what policy says about the image; in the order in which they are shown, empty groups are left out. */
export function factGroups(details: ImageDetails, decision?: RetentionDecision, now: number = Date.now()): FactGroup[] {
  const { manifest } = details;
  const groups: Omit<FactGroup, 'title'>[] = [
    { key: 'volume', facts: volumeFacts(details) },
    { key: 'partition', facts: manifest?.volume.partition ? partitionFacts(manifest.volume.partition) : [] },
    { key: 'image', facts: imageFacts(details) },
    { key: 'retention', facts: retentionFacts(details.summary, decision, now) },
    { key: 'consistency', facts: consistencyFacts(details) },
    { key: 'reading', facts: readingFacts(details) },
    { key: 'storage', facts: storageFacts(details) },
    { key: 'provenance', facts: provenanceFacts(details) },
    {
      key: 'options',
      facts: Object.entries(manifest?.options ?? {}).flatMap(([name, value]) => text(name, value, { mono: true })),
    },
  ];
  return groups
    .filter(({ facts }) => facts.length > 0)
    .map((group) => ({ ...group, title: t(`details:groups.${group.key}`) }));
}

/** All of it for a ticket or a file: the exact values, in groups. */
export function detailsAsText(details: ImageDetails, decision?: RetentionDecision): string {
  const lines = factGroups(details, decision).flatMap(({ title, facts }) => [
    title,
    ...facts.map(({ label, value, copy }) =>
      value === copy ? `  ${label}: ${value}` : `  ${label}: ${value} (${copy.replaceAll('\n', ', ')})`,
    ),
    '',
  ]);
  for (const warning of details.manifest?.warnings ?? []) lines.push(`! ${translateSentence(warning)}`);
  lines.push(t('details:without.title'), `  ${details.resticCommand}`);
  if (details.partitionScript !== undefined)
    lines.push('', t('details:table.title'), details.partitionScript.trimEnd());
  return `${lines.join('\n')}\n`;
}
