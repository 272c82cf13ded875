/** The GUID partition table of a disk: its primary copy, or the one at the end where that is damaged. */
import type { PartitionEntry, PartitionTable } from '#contract';
import { parseEntries, readEntryArray } from './gpt-entries.ts';
import { type GptHeader, type HeaderReading, PRIMARY_LBA, readHeader } from './gpt-header.ts';
import { addLayoutProblems } from './layout-problems.ts';
import type { Problems } from './problems.ts';
import { type Disk, sectorCount } from './sectors.ts';

/** The only size of entries that the kernel reads. */
const USUAL_ENTRY_BYTES = 128;

/** A header with its entries, both with right checksums. */
interface Copy {
  header: GptHeader;
  array: Buffer;
}

interface Looked {
  copy?: Copy;
  /** Why there is no copy; empty where there is no trace of one. */
  reason: string;
}

async function look(disk: Disk, reading: HeaderReading): Promise<Looked> {
  if (reading.state === 'absent') return { reason: '' };
  if (reading.state === 'damaged') return { reason: reading.reason };
  const array = await readEntryArray(disk, reading.header);
  if (array === undefined) return { reason: 'the checksum of its entries is wrong' };
  return { copy: { header: reading.header, array }, reason: '' };
}

/** The backup, where its header should be: the end of the disk, or where the primary says it is. */
async function findBackup(disk: Disk, primary: HeaderReading): Promise<Looked> {
  const last = sectorCount(disk) - 1;
  const atEnd = await look(disk, await readHeader(disk, last));
  const named = primary.state === 'good' ? primary.header.alternateLba : undefined;
  if (atEnd.copy !== undefined || named === undefined || named === last || named <= PRIMARY_LBA) return atEnd;
  const elsewhere = await look(disk, await readHeader(disk, named));
  return elsewhere.copy !== undefined || atEnd.reason === '' ? elsewhere : atEnd;
}

/** Problems of a table whose primary copy is good. */
function addBackupProblems(disk: Disk, primary: Copy, backup: Looked, problems: Problems): void {
  const last = sectorCount(disk) - 1;
  const { alternateLba } = primary.header;
  if (alternateLba !== undefined && alternateLba > last) {
    problems.add('The table was made for a larger disk, so its backup at the end is missing.');
    return;
  }
  if (backup.copy === undefined) {
    const why = backup.reason === '' ? 'is missing' : `is damaged (${backup.reason})`;
    problems.add(`The backup of the partition table at the end of the disk ${why}.`);
    return;
  }
  const { header, array } = backup.copy;
  if (header.diskGuid !== primary.header.diskGuid || !array.equals(primary.array)) {
    problems.add('The backup of the partition table at the end of the disk says something else than the table.');
  } else if (header.lba !== last) {
    problems.add('The disk is larger than when its table was made: the backup of the table is not at its end.');
  }
}

function tableOf(disk: Disk, copy: Copy, problems: Problems): PartitionTable {
  const { header } = copy;
  const { sectorBytes } = disk;
  const entries = parseEntries(copy.array, header, sectorBytes, problems);
  const usableEnd = Math.min((header.lastUsableLba + 1) * sectorBytes, disk.source.sizeBytes);
  addLayoutProblems(entries, { firstBytes: header.firstUsableLba * sectorBytes, endBytes: usableEnd }, problems);
  addDoubles(entries, problems);
  if (header.entryBytes !== USUAL_ENTRY_BYTES) {
    problems.add(`The table has entries of ${header.entryBytes} bytes: the kernel does not see it.`);
  }
  return {
    scheme: 'gpt',
    diskId: header.diskGuid,
    diskSizeBytes: disk.source.sizeBytes,
    sectorBytes,
    firstUsableLba: header.firstUsableLba,
    lastUsableLba: header.lastUsableLba,
    slotCount: header.entryCount,
    entries,
    problems: problems.list(),
  };
}

function addDoubles(entries: readonly PartitionEntry[], problems: Problems): void {
  const seen = new Set<string>();
  for (const { number, partUuid } of entries) {
    if (seen.has(partUuid)) problems.add(`Partition ${number} has the same PARTUUID as another one.`);
    seen.add(partUuid);
  }
}

export interface GptOptions {
  /** What sector 1 holds; read before, because it decides whether the disk has a GPT. */
  primary: HeaderReading;
  /** Look for the copy at the end although sector 1 shows no trace of a GPT. */
  lookAtEnd: boolean;
}

/**
 * The table; without entries where neither copy can be trusted, and the problems say so. `undefined`: there is no
 * trace of a GPT.
 */
export async function readGpt(
  disk: Disk,
  { primary, lookAtEnd }: GptOptions,
  problems: Problems,
): Promise<PartitionTable | undefined> {
  if (primary.state === 'absent' && !lookAtEnd) return undefined;
  const first = await look(disk, primary);
  const backup = await findBackup(disk, primary);
  if (first.copy !== undefined) {
    addBackupProblems(disk, first.copy, backup, problems);
    return tableOf(disk, first.copy, problems);
  }
  if (backup.copy !== undefined) {
    const what = first.reason === '' ? 'is missing' : `is damaged (${first.reason})`;
    problems.add(
      `The partition table at the start of the disk ${what}; what is shown is its backup at the end. ` +
        'Mend it with a tool such as gdisk before you write to the disk.',
    );
    return tableOf(disk, backup.copy, problems);
  }
  if (first.reason === '' && backup.reason === '') return undefined;
  const reasons = [
    first.reason === '' ? 'the one at the start is missing' : `the one at the start: ${first.reason}`,
    backup.reason === '' ? 'the one at the end is missing' : `the one at the end: ${backup.reason}`,
  ];
  problems.add(`Both copies of the partition table are damaged (${reasons.join('; ')}).`);
  return {
    scheme: 'gpt',
    diskId: '',
    diskSizeBytes: disk.source.sizeBytes,
    sectorBytes: disk.sectorBytes,
    entries: [],
    problems: problems.list(),
  };
}
