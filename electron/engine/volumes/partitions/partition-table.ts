/** The partition table of a disk or of an image of one: the one place that decides which scheme it follows. */
import type { PartitionTable } from '#contract';
import type { ByteSource } from '../../filesystems/types.ts';
import { readGpt } from './gpt.ts';
import { type HeaderReading, PRIMARY_LBA, readHeader } from './gpt-header.ts';
import { isMbr, readMbr } from './mbr.ts';
import { type BootRecord, parseBootRecord, RECORD_BYTES } from './mbr-sector.ts';
import { Problems } from './problems.ts';
import { type Disk, readAt } from './sectors.ts';

/** Sizes of sectors that disks with a GPT have; images of 4Kn disks do not say which they had. */
const SECTOR_SIZES = [512, 4096];
const MOST_SECTOR_BYTES = 65_536;

export interface TableOptions {
  /** Logical sector size of the device, bytes; of image files 512. */
  sectorBytes: number;
  /**
   * Nothing else is known to be on the disk. Otherwise traces of a table that the kernel would not follow are taken
   * for leftovers: a file system that fills the disk may leave an old GPT in place.
   */
  bare: boolean;
}

interface Found {
  disk: Disk;
  primary: HeaderReading;
}

/** The header in sector 1, for the size of the device's own sectors first. A good one wins over a damaged one. */
async function findPrimary(source: ByteSource, sectorBytes: number, signal: AbortSignal | undefined): Promise<Found> {
  const sizes = [sectorBytes, ...SECTOR_SIZES.filter((size) => size !== sectorBytes)];
  const found: Found[] = [];
  for (const size of sizes) {
    const disk = { source, sectorBytes: size, signal };
    found.push({ disk, primary: await readHeader(disk, PRIMARY_LBA) });
  }
  const absent: Found = { disk: { source, sectorBytes, signal }, primary: { state: 'absent' } };
  const withState = (state: HeaderReading['state']) => found.find(({ primary }) => primary.state === state);
  const own = found[0] ?? absent;
  if (own.primary.state === 'good') return own;
  return withState('good') ?? withState('damaged') ?? own;
}

/** The kernel follows a GPT only where sector 0 has an entry of type 0xEE. */
function addRecordProblems(record: BootRecord | undefined, problems: Problems): void {
  if (record === undefined || !record.entries.some((entry) => entry.protective)) {
    problems.add(
      'The protective MBR in front of the partition table is missing, so the kernel does not see the table.',
    );
  } else if (!record.entries.some((entry) => entry.protective && entry.startLba === PRIMARY_LBA)) {
    problems.add('The protective MBR does not start where the table does, so the kernel does not see the table.');
  } else if (record.entries.some((entry) => !entry.protective)) {
    problems.add('The disk has a hybrid MBR beside its GPT; what is shown is the GPT.');
  }
}

function addSectorProblem(sectorBytes: number, table: PartitionTable): PartitionTable {
  if (table.sectorBytes === sectorBytes) return table;
  const problem =
    `The table was made for sectors of ${table.sectorBytes} bytes, but the disk has sectors of ` +
    `${sectorBytes} bytes: the kernel does not see it.`;
  return { ...table, problems: [...table.problems, problem] };
}

/**
 * Reads the table; `undefined`: there is none. Damage is a problem in the result. A few sectors and the array of
 * entries are read, for logical partitions one sector each. Throws `VOLUME_VANISHED` and `CANCELLED`, and the system's
 * error where that is no read error of the medium.
 */
export async function readPartitionTable(
  source: ByteSource,
  options: TableOptions,
  signal?: AbortSignal,
): Promise<PartitionTable | undefined> {
  const { sectorBytes } = options;
  if (source.sizeBytes < RECORD_BYTES || sectorBytes < RECORD_BYTES || sectorBytes > MOST_SECTOR_BYTES)
    return undefined;
  const own: Disk = { source, sectorBytes, signal };
  const problems = new Problems();
  const sector = await readAt(own, 0, RECORD_BYTES);
  if (sector === undefined) problems.add('The first sector of the disk cannot be read.');
  const record = sector && parseBootRecord(sector);
  const isTable = record !== undefined && sector !== undefined && isMbr(record, sector, own, options);
  // Asked apart from `isTable`: a protective entry may be longer than the disk.
  const isProtective = record?.plausible === true && record.entries.some((entry) => entry.protective);

  const { disk, primary } = await findPrimary(source, sectorBytes, signal);
  if (isTable && !isProtective && record.entries.length > 0) {
    if (primary.state === 'good' && options.bare) {
      problems.add('The disk also has a GPT, but its MBR is not a protective one; what is shown is the MBR.');
    }
    return readMbr(own, record, problems);
  }
  // Without a protective entry only a disk on which nothing else is known may show what the kernel does not follow.
  if (isProtective || options.bare) {
    const lookAtEnd = isProtective || sector === undefined || sector.every((byte) => byte === 0);
    const before = new Problems();
    addRecordProblems(record, before);
    const table = await readGpt(disk, { primary, lookAtEnd }, problems);
    if (table) return addSectorProblem(sectorBytes, { ...table, problems: [...table.problems, ...before.list()] });
  }
  if (isProtective) {
    problems.add('The disk says that it has a GPT, but neither the table nor its backup is there.');
    return {
      scheme: 'gpt',
      diskId: '',
      diskSizeBytes: source.sizeBytes,
      sectorBytes,
      entries: [],
      problems: problems.list(),
    };
  }
  return isTable ? readMbr(own, record, problems) : undefined;
}
