/** What `dmsetup status` says about snapshots and thin pools (the kernel's Documentation/admin-guide/device-mapper). */
import { query } from './programs.ts';

const SECTOR_BYTES = 512;

/** A target's line: `0 1048576 snapshot 24/262144 16`. */
export interface TargetStatus {
  target: string;
  /** What follows the target's name. */
  words: string[];
}

/** Lines of a device's status; more than one where its table has several targets. */
export function parseStatus(output: string): TargetStatus[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [, , target = '', ...words] = line.trim().split(/\s+/);
    return { target, words };
  });
}

/** A device's status. Throws `ProgramFailed`. */
export async function deviceStatus(name: string): Promise<TargetStatus[]> {
  // Asked several times a second: a thin pool would commit its metadata each time.
  return parseStatus(await query('dmsetup', ['status', '--noflush', name]));
}

/** Space of a snapshot, or how it was lost (one English sentence). */
export type SnapshotSpace = { usedBytes: number; totalBytes: number } | { lost: string };

/** Of a snapshot of an ordinary volume: used and total sectors of its space, or a word. */
export function snapshotSpace([status, ...others]: TargetStatus[]): SnapshotSpace {
  if (status === undefined || others.length > 0 || status.target !== 'snapshot') {
    return { lost: `Its device is no snapshot any more but ${status?.target ?? 'empty'}.` };
  }
  const [first = '', ...rest] = status.words;
  const [, used, total] = /^(\d+)\/(\d+)$/.exec(first) ?? [];
  if (used !== undefined && total !== undefined) {
    return { usedBytes: Number(used) * SECTOR_BYTES, totalBytes: Number(total) * SECTOR_BYTES };
  }
  if (first === 'Invalid') return { lost: 'Its space ran out, or a device beneath it failed.' };
  if (first === 'Overflow') return { lost: 'Its space ran out.' };
  if (first === 'Merge') return { lost: 'Merging it failed.' };
  return { lost: `The kernel calls its state “${[first, ...rest].join(' ')}”.` };
}

/** Of a thin volume: bytes that it maps, or how it was lost. */
export type ThinSpace = { mappedBytes: number } | { lost: string };

export function thinSpace([status, ...others]: TargetStatus[]): ThinSpace {
  if (status === undefined || others.length > 0 || status.target !== 'thin') {
    return { lost: `Its device is no thin volume any more but ${status?.target ?? 'empty'}.` };
  }
  const [mapped = ''] = status.words;
  if (/^\d+$/.test(mapped)) return { mappedBytes: Number(mapped) * SECTOR_BYTES };
  return { lost: `The kernel calls its state “${status.words.join(' ')}”.` };
}

/** A thin pool. */
export interface PoolStatus {
  usedMetadataBlocks: number;
  totalMetadataBlocks: number;
  /** Blocks of the pool's chunk size. */
  usedBlocks: number;
  totalBlocks: number;
  /** Somebody holds a snapshot of the metadata. */
  metadataHeld: boolean;
  /** Why it takes no writes, one English sentence; empty while it does. */
  trouble: string;
}

/** `undefined`: not the status of a pool that works. */
export function poolStatus([status]: TargetStatus[]): PoolStatus | undefined {
  if (status?.target !== 'thin-pool') return undefined;
  const [, metadata = '', data = '', held = '-', ...flags] = status.words;
  const [, usedMetadata, totalMetadata] = /^(\d+)\/(\d+)$/.exec(metadata) ?? [];
  const [, used, total] = /^(\d+)\/(\d+)$/.exec(data) ?? [];
  if (!usedMetadata || !totalMetadata || !used || !total) return undefined;
  return {
    usedMetadataBlocks: Number(usedMetadata),
    totalMetadataBlocks: Number(totalMetadata),
    usedBlocks: Number(used),
    totalBlocks: Number(total),
    metadataHeld: held !== '-',
    trouble: poolTrouble(flags),
  };
}

function poolTrouble(flags: string[]): string {
  if (flags.includes('needs_check')) return 'The metadata of its thin pool needs a check.';
  if (flags.includes('out_of_data_space')) return 'Its thin pool has no space left.';
  if (flags.includes('ro')) return 'Its thin pool has become read-only.';
  return flags.includes('rw') ? '' : 'Its thin pool does not say that it takes writes.';
}
