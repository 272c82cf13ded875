/**
 * Whether the log is clean: then everything that it ever held is in its place, and the free space trees are true.
 * Source: the kernel's fs/xfs/xfs_log_recover.c (xlog_check_unmount_rec) and fs/xfs/libxfs/xfs_log_format.h.
 */
import type { ByteSource } from '../types.ts';
import { findHead, headerBefore, headerBlocks, type Log, readLogBlocks, recordBlocks } from './log-head.ts';
import { BASIC_BLOCK_BYTES, type InternalLog, offsetOf, type Superblock } from './superblock.ts';

/** `oh_clientid` of records by the log itself. */
const LOG_CLIENT = 0xaa;
/** In `oh_flags`: the file system was unmounted, and nothing follows. */
const UNMOUNT_TRANS = 0x20;

/** True if the last record before the head, and so the last of all, is that of an unmount of this file system. */
async function endsWithUnmount(log: Log, uuidBytes: Uint8Array): Promise<boolean> {
  const head = await findHead(log);
  if (head === undefined) return false;
  const header = await headerBefore(log, head);
  if (header === undefined) return false;
  const { block, bytes } = header;
  if ((block + recordBlocks(log, bytes)) % log.blocks !== head) return false;
  const operations = bytes.readUInt32BE(40);
  const isInPlace = bytes.readUInt32BE(16) === bytes.readUInt32BE(4) && bytes.readUInt32BE(20) === block;
  if (operations !== 1 || !isInPlace || !bytes.subarray(304, 320).equals(uuidBytes)) return false;
  const operation = await readLogBlocks(log, (block + headerBlocks(log, bytes)) % log.blocks, 1);
  return operation.readUInt8(8) === LOG_CLIENT && (operation.readUInt8(9) & UNMOUNT_TRANS) !== 0;
}

/**
 * True if the file system was unmounted (or made read-only) after its last change. Anything that does not look exactly
 * like that counts as not clean. Throws `FILESYSTEM_DAMAGED` where the log cannot be read or lies outside the volume.
 */
export async function isLogClean(
  source: ByteSource,
  superblock: Superblock,
  internalLog: InternalLog,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { blockBytes, logVersion2, uuidBytes } = superblock;
  const log: Log = {
    source,
    signal,
    offsetBytes: offsetOf(superblock, internalLog.group, internalLog.block),
    blocks: (internalLog.blocks * blockBytes) / BASIC_BLOCK_BYTES,
    version2: logVersion2,
  };
  return await endsWithUnmount(log, uuidBytes);
}
