/** What `query image` prints for people. */
import { fileSystemName, type ImageDetails, type ImageSummary, type Manifest } from '#contract';
import { formatBytes, formatBytesExactly, formatCount, formatInstant, plural } from '../figures.ts';
import { formatPairs, formatTable } from '../text-table.ts';
import { diskPairs, partitionPairs } from './partition-text.ts';

/** One line an image, with dsmc's columns. `when`: how its date is shown. */
export function imageTable(
  images: readonly ImageSummary[],
  when: (instant: string) => string = formatInstant,
): string[] {
  const rows = images.map((image, i) => ({ ...image, number: i + 1 }));
  // Volumes of several computers may have the same name.
  const isShared = new Set(images.map(({ hostname }) => hostname)).size > 1;
  return formatTable<ImageSummary & { number: number }>(
    [
      { title: '', align: 'right', cell: ({ number }) => String(number) },
      { title: 'Image Size', align: 'right', cell: ({ imageSize }) => formatBytes(imageSize) },
      {
        title: 'Stored Size',
        align: 'right',
        cell: ({ storedSize }) => (storedSize === undefined ? '' : formatBytes(storedSize)),
      },
      { title: 'FSType', cell: ({ fsType }) => fsType },
      { title: 'Backup Date', cell: ({ time }) => when(time) },
      { title: 'Mgmt Class', cell: ({ mgmtClass }) => mgmtClass },
      { title: 'A/I', cell: (image) => stateOf(image) },
      ...(isShared ? [{ title: 'Node', cell: ({ hostname }: ImageSummary) => hostname }] : []),
      { title: 'Image Name', cell: ({ volume }) => volume },
      { title: 'Id', cell: ({ id }) => id.slice(0, 8) },
    ],
    rows,
  );
}

/** A: active, I: inactive, D: deleted and not gone yet; P: pinned, too. */
function stateOf({ active, pinned, deletedAt }: ImageSummary): string {
  if (deletedAt !== undefined) return 'D';
  return `${active ? 'A' : 'I'}${pinned ? 'P' : ''}`;
}

/** Everything that is known about one image: the File Details. */
export function detailLines(details: ImageDetails): string[] {
  const { summary, manifest } = details;
  return [
    `File Details of '${summary.volume}', ${formatInstant(summary.time)}`,
    ...group('Sizes', [
      ['Image size', formatBytesExactly(summary.imageSize)],
      ['Used', formatBytesExactly(summary.usedSize)],
      ['Stored size', formatBytesExactly(details.storedSize)],
      ['New in this run', formatBytesExactly(summary.newSize)],
      ['Blocks', `${formatCount(details.blockCount)}, ${formatCount(details.uniqueBlockCount)} distinct`],
    ]),
    ...group('Volume', volumePairs(summary, manifest)),
    ...partitionGroup(manifest),
    ...group('Image', [
      ['Id', summary.id],
      ['Image type', summary.imageType],
      ['Consistency', summary.consistency],
      ['Snapshot provider', summary.provider],
      ['Mode', summary.mode],
      ['Management class', summary.mgmtClass],
      ['Active', summary.active ? 'yes' : 'no'],
      [
        'Pinned',
        summary.pinned ? [formatInstant(summary.pinned.at), summary.pinned.reason].filter(Boolean).join(', ') : '',
      ],
      ['Deleted', summary.deletedAt === undefined ? '' : formatInstant(summary.deletedAt)],
      ['Node', summary.hostname],
      ['Made by', manifest ? `Stillframe ${manifest.engineVersion}` : 'restic'],
      ...(manifest ? runPairs(manifest) : []),
    ]),
    ...(manifest ? group('Counters', counterPairs(manifest)) : []),
    '  Without Stillframe',
    `    ${details.resticCommand}`,
    ...scriptLines(details),
    '',
  ];
}

function partitionGroup(manifest: Manifest | undefined): string[] {
  const partition = manifest?.volume.partition;
  return partition ? group('Partition', [...partitionPairs(partition), ...diskPairs(partition.disk)]) : [];
}

/** The table that the volume was in, ready to be fed to sfdisk. */
function scriptLines({ partitionScript }: ImageDetails): string[] {
  if (partitionScript === undefined) return [];
  return [
    '  The partition table again',
    ...partitionScript
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`.trimEnd()),
  ];
}

type Pairs = readonly (readonly [string, string])[];

function group(title: string, pairs: Pairs): string[] {
  return [`  ${title}`, ...formatPairs(pairs, '    ')];
}

function volumePairs(summary: ImageSummary, manifest: Manifest | undefined): Pairs {
  if (!manifest) return [['Name', summary.volume]];
  const { volume, fileSystem } = manifest;
  return [
    ['Name', volume.name],
    ['Mount point', volume.mountPoint],
    ['Model', volume.model],
    ['Serial', volume.serial],
    ['Partition UUID', volume.partUuid],
    ['Sectors', `${volume.logicalSectorBytes} bytes logical, ${volume.physicalSectorBytes} bytes physical`],
    ['FS type', fileSystemName(fileSystem)],
    ['FS label', fileSystem.label],
    ['FS UUID', fileSystem.uuid],
    ['FS block size', fileSystem.blockSizeBytes > 0 ? formatBytes(fileSystem.blockSizeBytes) : ''],
    // Of contents that are known by name only nobody asked.
    ['FS state', fileSystem.blockSizeBytes > 0 ? fileSystem.state : ''],
    ['FS features', fileSystem.features.join(' ')],
  ];
}

function runPairs(manifest: Manifest): Pairs {
  const { extents, unreadable } = manifest;
  return [
    ['Started', formatInstant(manifest.startedAt)],
    ['Finished', formatInstant(manifest.finishedAt)],
    ['Grid', formatBytes(manifest.gridBytes)],
    ['Gap size', manifest.gapBytes === 0 ? '0, everything is read' : formatBytes(manifest.gapBytes)],
    ['Extents', `${plural(extents.count, 'run')}, ${extents.mode === 'raw' ? 'every block' : 'used blocks'}`],
    ['Skipped', skippedText(extents.skipped)],
    ['Unreadable', unreadable.length === 0 ? 'none' : plural(unreadable.length, 'range')],
    [
      'Options',
      Object.entries(manifest.options)
        .map((pair) => pair.join('='))
        .join(' '),
    ],
    ...manifest.warnings.map((warning) => ['Warning', warning] as const),
    ['Merkle root', manifest.merkleRoot],
  ];
}

/** What was not read because nothing uses it. */
function skippedText(skipped: Manifest['extents']['skipped']): string {
  if (skipped === undefined || skipped.count === 0) return '';
  const { count, bytes, largest } = skipped;
  const where = largest
    ? `, the largest ${formatBytes(largest.lengthBytes)} at byte ${formatCount(largest.offsetBytes)}`
    : '';
  return `${plural(count, 'unused run')}, ${formatBytes(bytes)}${where}`;
}

function counterPairs({ counters }: Manifest): Pairs {
  return [
    ['Scanned', formatBytesExactly(counters.scannedBytes)],
    ['Read', formatBytesExactly(counters.readBytes)],
    ['Changed', formatBytesExactly(counters.changedBytes)],
    ['Stored', formatBytesExactly(counters.storedBytes)],
    ['Deduplicated', formatBytesExactly(counters.deduplicatedBytes)],
    ['Zero', formatBytesExactly(counters.zeroBytes)],
    ['Free, not read', formatBytesExactly(counters.freeBytes)],
    ['Unreadable', formatBytesExactly(counters.unreadableBytes)],
  ];
}
