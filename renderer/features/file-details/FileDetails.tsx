/** Everything that is known about one image; the same in the inspector and in the dialog. */
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { fileSystemName, type ImageDetails, type ImageSummary, type Manifest, type VolumePartition } from '#contract';
import { type Fact, FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SizeBar } from '../../components/SizeBar.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { countOf, exactBytes, formatBytes, formatDuration } from '../../i18n/quantities.ts';
import { auditText } from '../../i18n/reading.ts';
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

/** A fact whose value is copied as shown; left out when it is empty. */
function fact(label: string, value: string | undefined, options: { mono?: boolean; copy?: string } = {}): Fact[] {
  if (value === undefined || value === '') return [];
  return [{ label, value, copy: options.copy ?? value, ...(options.mono ? { mono: true } : {}) }];
}

function volumeFacts(summary: ImageSummary, details: ImageDetails): Fact[] {
  const { manifest } = details;
  const volume = manifest?.volume;
  return [
    ...fact('Volume', summary.volume, { mono: true }),
    ...fact('Kind', volume ? VOLUME_KIND_WORDS[volume.kind] : undefined),
    ...fact('Label', summary.fsLabel),
    ...fact('File system', manifest ? fileSystemName(manifest.fileSystem) : summary.fsType, { mono: true }),
    ...fact('UUID', volume?.fsUuid, { mono: true }),
    ...fact('Mounted at', volume?.mountPoint, { mono: true }),
    ...fact('Model', volume?.model),
    ...fact('Serial', volume?.serial, { mono: true }),
    ...fact('Sectors', volume ? `${volume.logicalSectorBytes} / ${volume.physicalSectorBytes} bytes` : undefined),
    ...fact(
      'State',
      // Of contents that are known by name only nobody asked.
      manifest && manifest.fileSystem.blockSizeBytes > 0
        ? { clean: 'Clean', dirty: 'Dirty', errors: 'With errors' }[manifest.fileSystem.state]
        : undefined,
    ),
  ];
}

function partitionFacts(partition: VolumePartition): Fact[] {
  const { disk, role } = partition;
  const flags = [...(partition.active ? ['active'] : []), ...partition.attributes.map((bit) => `bit ${bit}`)];
  return [
    ...fact('Disk', disk.diskId, { mono: true }),
    ...fact('Table', `${PARTITION_SCHEME_WORDS[disk.scheme]}, ${formatBytes(disk.diskSizeBytes)}`, {
      copy: String(disk.diskSizeBytes),
    }),
    ...fact('Number', `${partition.number}${role === 'logical' ? ' (logical)' : ''}`, {
      copy: String(partition.number),
    }),
    ...fact('Type', partition.typeName || partition.typeId, { copy: partition.typeId }),
    ...fact('Name', partition.name),
    ...fact('Flags', flags.join(', ')),
    ...fact('Start', exactBytes(partition.startBytes), { copy: String(partition.startBytes) }),
    ...fact('Size', exactBytes(partition.sizeBytes), { copy: String(partition.sizeBytes) }),
    ...fact('PARTUUID', partition.partUuid, { mono: true }),
  ];
}

function imageFacts(summary: ImageSummary, details: ImageDetails): Fact[] {
  const { manifest } = details;
  return [
    ...fact('Id', summary.id, { mono: true }),
    ...fact('Date', exactTime(summary.time), { copy: summary.time }),
    ...fact('Type', IMAGE_TYPE_NAMES[summary.imageType]),
    ...fact('Mode', MODE_WORDS[summary.mode]),
    ...fact('Image size', formatBytes(summary.imageSize), { copy: String(summary.imageSize) }),
    ...fact('Active', summary.active ? 'Yes' : 'No'),
    ...fact('Class', summary.mgmtClass),
    ...fact(
      'Took',
      manifest ? formatDuration((Date.parse(manifest.finishedAt) - Date.parse(manifest.startedAt)) / 1000) : undefined,
    ),
  ];
}

function consistencyFacts(summary: ImageSummary, details: ImageDetails): Fact[] {
  return [
    ...fact('Consistency', CONSISTENCY_WORDS[summary.consistency]),
    ...fact('Meaning', CONSISTENCY_HELP[summary.consistency]),
    ...fact('Provider', PROVIDER_WORDS[summary.provider]),
    ...fact('Unreadable', summary.unreadableBytes === 0 ? 'None' : formatBytes(summary.unreadableBytes), {
      copy: String(summary.unreadableBytes),
    }),
    ...fact(
      'Ranges',
      details.manifest?.unreadable.map((range) => `${range.offsetBytes}+${range.lengthBytes}`).join(', '),
      { mono: true },
    ),
  ];
}

function readingFacts({ reading, counters, extents }: Manifest): Fact[] {
  return [
    ...fact('Read', `${formatBytes(counters.readBytes)}`, { copy: String(counters.readBytes) }),
    ...fact('Scope', SCOPE_WORDS[reading?.scope ?? extents.mode]),
    ...fact('Why', reading?.why),
    ...(reading && reading.unchangedBytes > 0
      ? fact('Unchanged', `${formatBytes(reading.unchangedBytes)}, not read`, { copy: String(reading.unchangedBytes) })
      : []),
    ...fact('Audit', reading ? auditText(reading) : undefined),
  ];
}

function storageFacts(summary: ImageSummary, details: ImageDetails): Fact[] {
  const { manifest } = details;
  const skipped = manifest?.extents.skipped;
  return [
    ...fact('Stored size', formatBytes(details.storedSize), { copy: String(details.storedSize) }),
    ...fact('New', formatBytes(summary.newSize), { copy: String(summary.newSize) }),
    ...fact('Deduplicated', manifest ? formatBytes(manifest.counters.deduplicatedBytes) : undefined),
    ...fact('Blocks', `${countOf(details.blockCount, 'block')}, ${details.uniqueBlockCount} distinct`),
    ...fact('Block size', manifest ? formatBytes(manifest.gridBytes) : undefined),
    ...fact(
      'Skipped',
      skipped && skipped.count > 0
        ? `${formatBytes(skipped.bytes)}, ${countOf(skipped.count, 'unused run')}`
        : undefined,
      {
        copy: String(skipped?.bytes ?? ''),
      },
    ),
  ];
}

function provenanceFacts(summary: ImageSummary, details: ImageDetails): Fact[] {
  const { manifest } = details;
  return [
    ...fact('Made by', manifest ? `Stillframe ${manifest.engineVersion}` : 'restic'),
    ...fact('Node name', summary.hostname),
    ...fact('Merkle root', manifest?.merkleRoot, { mono: true }),
  ];
}

/** Text for a terminal, with a button that copies it. */
function CommandText({ title, text, what, help }: { title: string; text: string; what: string; help?: string }) {
  return (
    <section className="sf-facts">
      <h3>{title}</h3>
      {help ? <p className="sf-small sf-dim">{help}</p> : null}
      <pre className="sf-command">{text}</pre>
      <CopyButton value={text} timeout={1500}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="compact-xs"
            w="fit-content"
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            onClick={copy}
          >
            {copied ? 'Copied' : `Copy ${what}`}
          </Button>
        )}
      </CopyButton>
    </section>
  );
}

export function FileDetails({ details }: { details: ImageDetails }) {
  const { summary, manifest } = details;
  return (
    <div className="sf-stack">
      {summary.unreadableBytes > 0 ? (
        <Notice tone="warn" title="Part of the volume could not be read">
          <p title={exactBytes(summary.unreadableBytes)}>{formatBytes(summary.unreadableBytes)} are stored as zeros.</p>
        </Notice>
      ) : null}
      {manifest?.reading && manifest.reading.auditMismatches > 0 ? (
        <Notice tone="warn" title="Change tracking was wrong">
          <p>{auditText(manifest.reading)}</p>
        </Notice>
      ) : null}
      <SizeBar
        imageSize={summary.imageSize}
        usedSize={summary.usedSize}
        storedSize={details.storedSize}
        newSize={summary.newSize}
      />
      <FactList title="Volume" facts={volumeFacts(summary, details)} />
      {manifest?.volume.partition ? (
        <FactList title="Partition" facts={partitionFacts(manifest.volume.partition)} />
      ) : null}
      <FactList title="Image" facts={imageFacts(summary, details)} />
      <FactList title="Consistency" facts={consistencyFacts(summary, details)} />
      {manifest ? <FactList title="Reading" facts={readingFacts(manifest)} /> : null}
      <FactList title="Storage" facts={storageFacts(summary, details)} />
      <FactList title="Provenance" facts={provenanceFacts(summary, details)} />
      {manifest && manifest.warnings.length > 0 ? (
        <Notice tone="warn" title="Warnings of the run">
          <ul>
            {manifest.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <CommandText title="Without Stillframe" text={details.resticCommand} what="restic command" />
      {details.partitionScript === undefined ? null : (
        <CommandText
          title="If the partition table is lost"
          help="Makes the disk’s table as it was when the image was made, and leaves alone what is in the partitions."
          text={details.partitionScript.trimEnd()}
          what="sfdisk script"
        />
      )}
    </div>
  );
}
