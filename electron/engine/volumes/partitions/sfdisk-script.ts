/** A partition table as input for sfdisk(8), so that a lost one can be made again from what an image knows. */
import type { PartitionEntry, VolumePartition } from '#contract';

/** sfdisk's words for the attribute bits that have one (UEFI specification 2.10, table 5.8). */
const ATTRIBUTE_WORDS: Readonly<Record<number, string>> = {
  0: 'RequiredPartition',
  1: 'NoBlockIOProtocol',
  2: 'LegacyBIOSBootable',
};
/** Bits that belong to the partition's type; sfdisk takes them by number. */
const FIRST_TYPE_BIT = 48;
/** Without the line sfdisk would invent a disk signature. */
const NO_SIGNATURE = '0x00000000';
/** Entries in an ordinary GPT. */
const USUAL_SLOTS = 128;

/** What a shell, a terminal and sfdisk all leave alone. */
const PLAIN = /^[A-Za-z0-9 _.,:;+=@%/()[\]{}<>?!#&*~^|'-]$/;

/** Bytes that are not plain as `\xNN`, as `sfdisk --dump` writes them. */
function hexEscaped(text: string): string {
  return [...text]
    .map((character) =>
      PLAIN.test(character)
        ? character
        : [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    )
    .join('');
}

/** sfdisk sets no name with characters beyond U+FFFF. */
const isSettable = (name: string): boolean => ![...name].some((character) => (character.codePointAt(0) ?? 0) > 0xffff);

function attributesOf(bits: readonly number[]): string {
  const words = bits.flatMap((bit) => ATTRIBUTE_WORDS[bit] ?? []);
  const typeBits = bits.filter((bit) => bit >= FIRST_TYPE_BIT);
  return [...words, ...(typeBits.length > 0 ? [`GUID:${typeBits.join(',')}`] : [])].join(' ');
}

/** What of an entry sfdisk cannot set, as comments above its line. */
function remarksOn(entry: PartitionEntry): string[] {
  const lost = entry.attributes.filter((bit) => bit < FIRST_TYPE_BIT && ATTRIBUTE_WORDS[bit] === undefined);
  return [
    ...(isSettable(entry.name)
      ? []
      : [`# sfdisk cannot set the name of partition ${entry.number}: set it with sgdisk.`]),
    ...(lost.length > 0 ? [`# sfdisk cannot set attribute bits ${lost.join(', ')} of partition ${entry.number}.`] : []),
  ];
}

/**
 * sfdisk puts the record of a logical partition anywhere up to the sector before it. Where another partition lies
 * there, it would write into that one's content.
 */
function coveringRecord(entry: PartitionEntry, entries: readonly PartitionEntry[]): PartitionEntry | undefined {
  if (entry.role !== 'logical') return undefined;
  return entries.find(
    (other) =>
      other !== entry &&
      other.role !== 'extended' &&
      other.startBytes < entry.startBytes &&
      other.startBytes + other.sizeBytes >= entry.startBytes,
  );
}

/** sfdisk keeps this much free in front of a logical partition, for its record. */
const RECORD_ROOM_BYTES = 1024 * 1024;

/**
 * Logical partitions that sfdisk may refuse for want of room in front of them. Where a partition starts within the
 * first MiB of the disk or of the frame, as old tools did it, sfdisk makes do with one sector for all of them.
 */
function refusable(entries: readonly PartitionEntry[]): Set<number> {
  const frame = entries.find(({ role }) => role === 'extended');
  const logical = entries.filter(({ role }) => role === 'logical');
  const tight =
    entries.some(({ startBytes }) => startBytes < RECORD_ROOM_BYTES) ||
    logical.some(({ startBytes }) => startBytes < (frame?.startBytes ?? 0) + RECORD_ROOM_BYTES);
  if (tight) return new Set();
  const squeezed = logical.filter((entry) =>
    logical.some(
      (other) =>
        other.startBytes < entry.startBytes &&
        other.startBytes + other.sizeBytes + RECORD_ROOM_BYTES > entry.startBytes,
    ),
  );
  return new Set(squeezed.map(({ number }) => number));
}

/** The line of one entry, without the remarks. */
function sfdiskLine(entry: PartitionEntry, disk: Pick<VolumePartition['disk'], 'scheme' | 'sectorBytes'>): string {
  const { sectorBytes } = disk;
  const fields = [`start=${entry.startBytes / sectorBytes}`, `size=${entry.sizeBytes / sectorBytes}`];
  if (disk.scheme === 'mbr') {
    fields.push(`type=${entry.typeId.replace(/^0x0?/, '')}`);
    if (entry.active) fields.push('bootable');
  } else {
    fields.push(`type=${entry.typeId.toUpperCase()}`, `uuid=${entry.partUuid.toUpperCase()}`);
    if (entry.name !== '' && isSettable(entry.name)) fields.push(`name="${hexEscaped(entry.name)}"`);
    const attributes = attributesOf(entry.attributes);
    if (attributes !== '') fields.push(`attrs="${attributes}"`);
  }
  return `${entry.number} : ${fields.join(', ')}`;
}

/**
 * The whole script: the header of the table, then each entry that is known, in order of their numbers. What sfdisk
 * cannot set stands in comments.
 */
export function sfdiskScript(partition: VolumePartition): string {
  const { disk, others = [] } = partition;
  const entries = [partition, ...others].toSorted((a, b) => a.number - b.number);
  const header = [
    '# sfdisk --wipe never --wipe-partitions never DISK < this script',
    `label: ${disk.scheme === 'gpt' ? 'gpt' : 'dos'}`,
    `label-id: ${disk.scheme === 'gpt' ? disk.diskId.toUpperCase() : disk.diskId || NO_SIGNATURE}`,
    'unit: sectors',
    ...(disk.firstUsableLba === undefined ? [] : [`first-lba: ${disk.firstUsableLba}`]),
    ...(disk.lastUsableLba === undefined ? [] : [`last-lba: ${disk.lastUsableLba}`]),
    ...(disk.slotCount === undefined || disk.slotCount === USUAL_SLOTS ? [] : [`table-length: ${disk.slotCount}`]),
    `sector-size: ${disk.sectorBytes}`,
    '',
  ];
  const squeezed = refusable(entries);
  const lines = entries.flatMap((entry) => {
    const covering = coveringRecord(entry, entries);
    if (covering === undefined) {
      const remark = `# sfdisk may refuse partition ${entry.number}: less than 1 MiB is free before it. parted takes it.`;
      return [...remarksOn(entry), ...(squeezed.has(entry.number) ? [remark] : []), sfdiskLine(entry, disk)];
    }
    return [
      `# Left out, because sfdisk would write its record into partition ${covering.number}:`,
      `# ${sfdiskLine(entry, disk)}`,
    ];
  });
  return `${[...header, ...lines].join('\n')}\n`;
}
