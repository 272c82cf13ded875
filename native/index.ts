/**
 * The one typed door to the C++ addon. Everything heavy happens behind it, in a few large calls: device I/O, the
 * sealing pipeline of a backup and the opening pipeline of a restore. Only `electron/engine/native.ts` imports this.
 *
 * Rules that hold for every function: buffers are allocated by JavaScript and stay referenced by the addon while it
 * uses them; nothing returns an external array buffer; errors are `NativeError` with a stable `code`; asynchronous
 * work runs on threads of the addon's own, never on libuv's pool.
 */
import { loadAddon, locateFreezeProgram } from './load.ts';

/** Bytes of a restic master key: AES-256 key (32), Poly1305 mask key `k` (16), Poly1305 `r` (16). */
export const MASTER_KEY_BYTES = 64;
/** Bytes that sealing adds: IV (16) before and MAC (16) after the ciphertext. */
export const SEAL_OVERHEAD_BYTES = 32;
/** Bytes of a blob id (SHA-256). */
export const ID_BYTES = 32;

/** Facts about an open device or file. */
export interface DeviceFacts {
  sizeBytes: number;
  /** BLKSSZGET; 512 for files. */
  logicalSectorBytes: number;
  /** BLKPBSZGET; 4096 for files. */
  physicalSectorBytes: number;
  /** BLKROGET, or a file without write permission. */
  readOnly: boolean;
  isBlockDevice: boolean;
  /** O_DIRECT is in use (some file systems refuse it; then reads go through the page cache). */
  direct: boolean;
}

/** Options of `openDevice`. */
export interface OpenDeviceOptions {
  /** Open for writing too. */
  write?: boolean;
  /** O_EXCL: fails with `EBUSY` while a block device is mounted or claimed. */
  exclusive?: boolean;
  /** Try O_DIRECT, fall back to buffered silently. Default true. */
  direct?: boolean;
}

/** An open block device or regular file. Closed by `close()`, by garbage collection, and at environment exit. */
export interface Device {
  /** Re-read from the kernel at each call, so that a device that changed its size is noticed. Throws `ENXIO`/`ENODEV` when it vanished. */
  facts(): DeviceFacts;
  /**
   * Fills `buffer` from `offsetBytes`, past the page cache where O_DIRECT works, whatever the alignment. Rejects with
   * the errno name, or `EOF_EARLY`. The buffer must not be touched until then.
   */
  read(offsetBytes: number, buffer: Uint8Array): Promise<void>;
  /** BLKDISCARD (devices) or FALLOC_FL_PUNCH_HOLE (files). Resolves false where it is not supported. */
  discard(offsetBytes: number, lengthBytes: number): Promise<boolean>;
  /** BLKZEROOUT (devices) or zero range (files); falls back to writing zeros. */
  zeroOut(offsetBytes: number, lengthBytes: number): Promise<void>;
  /** fdatasync, then drops the cached pages so that a later read comes from the medium. */
  flush(): Promise<void>;
  close(): void;
}

/** Options of one sealing session: one volume of one backup run. */
export interface SealerOptions {
  device: Device;
  /** Bytes of the image: the volume's size. */
  sizeBytes: number;
  /** Sorted, disjoint `[offset, length]` pairs in bytes; everything outside is zero in the image. */
  extents: Float64Array;
  /** Bytes of a grid block, a power of two, at least 64 KiB. */
  gridBytes: number;
  /** Master key, `MASTER_KEY_BYTES`. */
  key: Uint8Array;
  /** zstd level 1-19; 0 stores uncompressed. */
  zstdLevel: number;
  /** Ids of data blobs that the repository has, concatenated (`ID_BYTES` each), any order. Copied. */
  knownIds: Uint8Array;
  /** Worker threads; default: the number of processors. */
  threads?: number;
  /** Decrypt, decompress and hash every sealed blob before it counts (a bit flip in RAM is found before it is stored). */
  selfCheck?: boolean;
}

/** A finished pack: the buffer's first `lengthBytes` bytes are the whole pack file, header included. */
export interface FilledPack {
  lengthBytes: number;
  /** SHA-256 of the pack file, hexadecimal: its name. */
  packId: string;
  /** One row a blob, in pack order. */
  blobs: PackedBlobs;
}

/** Blobs of a pack in columns. */
export interface PackedBlobs {
  count: number;
  /** `ID_BYTES` a blob. */
  ids: Uint8Array;
  /** Offset in the pack, bytes. */
  offsets: Uint32Array;
  /** Stored length, bytes (sealed). */
  lengths: Uint32Array;
  /** Plain length, bytes, or 0 where the blob is stored uncompressed. */
  uncompressedLengths: Uint32Array;
}

/**
 * A snapshot of a session's counters; cheap, call at will, also after `close()`. All in bytes unless named otherwise.
 * Each byte of the image is counted once: `doneBytes` = `freeBytes` + `zeroBytes` + `deduplicatedBytes` +
 * `changedBytes`, and equals `sizeBytes` in the end.
 */
export interface SealerProgress {
  /** Position-independent: bytes of the image that are settled (free ones included). */
  doneBytes: number;
  /** Bytes inside extents that were read from the device. */
  readBytes: number;
  /** Used bytes of blocks that were sealed. */
  changedBytes: number;
  /** Bytes put into packs, pack headers included: the sum of all `lengthBytes` in the end. */
  storedBytes: number;
  /** Used bytes of blocks that the repository, or this session, had already. */
  deduplicatedBytes: number;
  /** Used bytes of blocks that are all zero. */
  zeroBytes: number;
  /** Bytes outside of extents. */
  freeBytes: number;
  /** Bytes inside extents that could not be read. */
  unreadableBytes: number;
  /** Offset of the stretch read last. */
  currentOffset: number;
}

/** What a session leaves behind when every byte was accounted for. */
export interface SealerSummary {
  /** Blob id of every grid block in order, `ID_BYTES` each. */
  content: Uint8Array;
  /** `[offset, length]` pairs that could not be read and were stored as zeros; merged and sorted. */
  unreadable: Float64Array;
  progress: SealerProgress;
}

/** Read → zero test → hash → known? → compress → encrypt, on threads of its own. */
export interface Sealer {
  /**
   * Lends a pack buffer (its byte length is the target pack size; at least `gridBytes` + 64 KiB). Several may be lent
   * at once; they are filled in order. Resolves with a finished pack, or with `null` once the input is exhausted and
   * this buffer stayed empty. The buffer must not be touched until then. Rejects with `CANCELLED`, or with the read
   * error that stopped the session (`ENODEV`, `ENXIO`, `ENOMEDIUM`: the device is gone, ends before `sizeBytes`, or
   * fails every read), or with `SELF_CHECK_FAILED` (`blobId` in the error).
   */
  fillPack(buffer: Uint8Array): Promise<FilledPack | null>;
  progress(): SealerProgress;
  /**
   * Writes what became of each block so far into `states`, a byte a grid block: 4 = sealed, 5 = the repository or this
   * session had it, 6 = all zero, 7 = part of it could not be read. Bytes of blocks that are not settled yet, or have
   * no used bytes, stay as they are. About a millisecond for two million blocks; also after `close()`.
   */
  blocks(states: Uint8Array): void;
  /** Valid from a `fillPack` that resolved with `null` until `close()`; throws `UNFINISHED` before and after. */
  finish(): SealerSummary;
  /** Stops reading within a second; pending `fillPack`s reject with `CANCELLED`. */
  cancel(): void;
  /** Cancels, joins the threads and frees everything. Idempotent. */
  close(): void;
}

/** Options of one opening session: one restore. */
export interface OpenerOptions {
  /** Opened with `write`. */
  device: Device;
  key: Uint8Array;
  threads?: number;
  /** Read the target first and write only what differs. */
  onlyDifferent?: boolean;
}

/** Blobs to open out of one buffer, in columns; `count` rows. */
export interface OpenTasks {
  count: number;
  ids: Uint8Array;
  /** Offset of the sealed blob in the buffer, bytes. */
  offsets: Uint32Array;
  lengths: Uint32Array;
  /** Plain length, or 0 where stored uncompressed. */
  uncompressedLengths: Uint32Array;
  /** Row i writes to `destinations[destinationStarts[i] … destinationStarts[i+1])`; `count` + 1 entries. */
  destinationStarts: Uint32Array;
  /** Byte offsets on the target. */
  destinations: Float64Array;
}

/** Decrypt → decompress → check SHA-256 → write, on threads of its own. */
export interface Opener {
  /**
   * Opens every blob of `tasks` out of `buffer` and writes it to all its destinations; clipped at the device's end is
   * an error (`ENOSPC`). Several calls may be under way at once. Rejects with `BLOB_DAMAGED` (`blobId` in the error)
   * or the write error (`offsetBytes`, `lengthBytes` in the error). The buffer must not be touched until then.
   */
  openBlobs(buffer: Uint8Array, tasks: OpenTasks): Promise<void>;
  /** Bytes written so far. */
  progress(): { writtenBytes: number; unchangedBytes: number };
  cancel(): void;
  close(): void;
}

/** Options of `verifyRanges`. */
export interface VerifyOptions {
  device: Device;
  /** Sorted byte offsets. */
  offsets: Float64Array;
  lengths: Float64Array;
  /** Expected SHA-256 of each range, `ID_BYTES` each. */
  ids: Uint8Array;
  threads?: number;
}

/** A running read-back. */
export interface Verifier {
  /** Resolves with the index of every range that differs or cannot be read (empty = all equal). Rejects with `CANCELLED`. */
  result: Promise<Uint32Array>;
  progress(): { verifiedBytes: number };
  cancel(): void;
}

/** The addon's surface. */
export interface Native {
  openDevice(path: string, options?: OpenDeviceOptions): Device;
  createSealer(options: SealerOptions): Sealer;
  createOpener(options: OpenerOptions): Opener;
  verifyRanges(options: VerifyOptions): Verifier;
  /** FITHAW on a mounted file system that was left frozen; `EINVAL` where it is not. Freezing: `freezeProgram()`. */
  thaw(mountPoint: string): Promise<void>;
  /**
   * Makes `target` (mode 0600), which must not exist, a clone of the regular file `source` that shares its blocks
   * (FICLONE), of one moment. Rejects with `EEXIST`; with `EOPNOTSUPP`, `EXDEV` or `EINVAL` where they cannot share
   * blocks. Leaves no file then.
   */
  reflink(source: string, target: string): Promise<void>;
  /** Finds out, as `reflink` would, whether `source` can be cloned into `folder`; leaves no file there. */
  probeReflink(source: string, folder: string): Promise<void>;
  /**
   * Extents of a file in file order (FIEMAP, after writing out what lies in memory only), four numbers each:
   * `[logical, physical, length, flags]`, the first three in bytes. Rejects with `E2BIG` beyond `most` (default and
   * largest: 2 million).
   */
  fileExtents(path: string, most?: number): Promise<Float64Array>;
  /** AES-256-CTR + Poly1305-AES as restic does: IV | ciphertext | MAC. A random IV each time. For small things. */
  seal(key: Uint8Array, plain: Uint8Array): Buffer;
  /** Opposite of `seal`; throws `MAC_MISMATCH`. */
  open(key: Uint8Array, sealed: Uint8Array): Buffer;
  /**
   * Rows of `blobs`, sealed at their offsets of `buffer`, of which MAC, zstd frame, length or SHA-256 is wrong. On a thread
   * of the addon's own; the buffer must not be touched until then.
   */
  damagedBlobs(key: Uint8Array, buffer: Uint8Array, blobs: PackedBlobs): Promise<Uint32Array>;
  /** zstd frame of `plain` with content size in the header. */
  compress(plain: Uint8Array, level: number): Buffer;
  /** Throws `ZSTD_DAMAGED`; refuses to produce more than `maxBytes`. */
  decompress(frame: Uint8Array, maxBytes: number): Buffer;
  /** SHA-256, hexadecimal. */
  sha256(bytes: Uint8Array): string;
  /**
   * Merkle root over `ids` (`ID_BYTES` each): leaf = SHA-256(0x00 | id), node = SHA-256(0x01 | left | right), an odd
   * last node is carried up unchanged; no ids = SHA-256 of nothing.
   */
  merkleRoot(ids: Uint8Array): string;
  /**
   * Writes `bytes` to a new file durably: O_DIRECT where it can, fdatasync, on a thread of the addon's own. Fails with
   * `EEXIST` if it exists; a failed write leaves no file.
   */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Reads `buffer.length` bytes at `offsetBytes`; `EOF_EARLY` if the file is shorter. On a thread of the addon's own. */
  readFile(path: string, offsetBytes: number, buffer: Uint8Array): Promise<void>;
  /** Builds and features, for `--version` and diagnostics. */
  describe(): { version: string; sha: string; aes: string; zstd: string; openssl: string };
}

/** Every error the addon throws. */
export interface NativeError extends Error {
  /** An errno name (`EIO`, `ENOSPC`, …) or one of the addon's own codes named above. */
  code: string;
  /** Byte range on the device, where it is about one. */
  offsetBytes?: number;
  lengthBytes?: number;
  /** Hexadecimal id, for `BLOB_DAMAGED`. */
  blobId?: string;
}

/** Path of the program that keeps a file system frozen (`src/linux/freeze/main.cc`); throws if it is not built. */
export function freezeProgram(): string {
  return locateFreezeProgram();
}

let loaded: Native | undefined;

/** Loads the addon once; throws an error that says how to build it. */
export function native(): Native {
  loaded ??= loadAddon();
  return loaded;
}
