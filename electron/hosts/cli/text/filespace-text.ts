/** What `query filespace` prints for people. */
import { formatBytes } from '../figures.ts';
import { type Column, formatTable } from '../text-table.ts';

/** All images of one volume of one node. */
export interface FileSpace {
  number: number;
  fsId: number;
  node: string;
  /** Volume name. */
  name: string;
  type: string;
  label: string;
  /** Instant of the newest image. */
  lastBackup: string;
  capacityBytes: number;
  imageCount: number;
  /** It has an active image; false where it was deactivated. */
  active: boolean;
}

/** The originals' columns; with `detail` also fsID, node, capacity and images. `when`: how a date is shown. */
export function fileSpaceTable(
  spaces: readonly FileSpace[],
  { detail, when }: { detail: boolean; when: (instant: string) => string },
): string[] {
  const nodes = new Set(spaces.map(({ node }) => node));
  const extra: Column<FileSpace>[] = [
    { title: 'fsID', align: 'right', cell: ({ fsId }) => String(fsId) },
    { title: 'Capacity', align: 'right', cell: ({ capacityBytes }) => formatBytes(capacityBytes) },
    { title: 'Images', align: 'right', cell: ({ imageCount }) => String(imageCount) },
    { title: 'A/I', cell: ({ active }) => (active ? 'A' : 'I') },
  ];
  const node: Column<FileSpace> = { title: 'Node', cell: (space) => space.node };
  return formatTable<FileSpace>(
    [
      { title: '#', align: 'right', cell: ({ number }) => String(number) },
      { title: 'Last Incr Date', cell: ({ lastBackup }) => when(lastBackup) },
      { title: 'Type', cell: ({ type }) => type.toUpperCase() },
      ...(detail ? extra : []),
      ...(detail || nodes.size > 1 ? [node] : []),
      { title: 'File Space Name', cell: ({ name }) => name },
    ],
    spaces,
  );
}
