/** What is wrong with where partitions lie: outside the disk, over each other, logical ones outside their frame. */
import type { PartitionEntry } from '#contract';
import type { Problems } from './problems.ts';

/** Bytes that partitions may use: [`firstBytes`, `endBytes`). */
export interface Room {
  firstBytes: number;
  endBytes: number;
}

const endOf = ({ startBytes, sizeBytes }: PartitionEntry): number => startBytes + sizeBytes;

/** Adds a problem for each entry that is where it cannot be. One pass over the sorted entries. */
export function addLayoutProblems(entries: readonly PartitionEntry[], room: Room, problems: Problems): void {
  for (const entry of entries) {
    if (endOf(entry) > room.endBytes) {
      problems.add(`Partition ${entry.number} reaches beyond the space that the disk has for partitions.`);
    } else if (entry.startBytes < room.firstBytes) {
      problems.add(`Partition ${entry.number} lies over the partition table itself.`);
    }
  }
  const frames = entries.filter(({ role }) => role === 'extended');
  for (const entry of entries) {
    if (entry.role !== 'logical') continue;
    if (!frames.some((frame) => entry.startBytes >= frame.startBytes && endOf(entry) <= endOf(frame))) {
      problems.add(`Logical partition ${entry.number} is not inside the extended partition.`);
    }
  }
  addOverlaps(
    entries.filter(({ role }) => role !== 'logical'),
    problems,
  );
  addOverlaps(
    entries.filter(({ role }) => role === 'logical'),
    problems,
  );
}

function addOverlaps(entries: readonly PartitionEntry[], problems: Problems): void {
  const sorted = entries.toSorted((a, b) => a.startBytes - b.startBytes || a.number - b.number);
  let farthest: PartitionEntry | undefined;
  for (const entry of sorted) {
    if (farthest !== undefined && entry.startBytes < endOf(farthest)) {
      problems.add(`Partitions ${farthest.number} and ${entry.number} overlap.`);
    }
    if (farthest === undefined || endOf(entry) > endOf(farthest)) farthest = entry;
  }
}
