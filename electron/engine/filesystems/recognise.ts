/**
 * Contents known by their magic number only. Their images read the whole volume.
 *
 * Offsets: cryptsetup's on-disk format 1.1.1 and LUKS2, LVM2's label_header, md(4), swapon(8)'s header, the XFS and
 * btrfs on-disk formats, Microsoft's FAT, exFAT and NTFS boot sectors.
 */
import type { FileSystemFacts } from '#contract';
import { EngineError } from '../base/errors.ts';
import { readStructure } from './damage.ts';
import { dashedUuid, zeroTerminated } from './text.ts';
import type { ByteSource, FileSystemFamily, Probe } from './types.ts';

/** A place, measured from the start of the volume or (negative results of `at`) not there at all. */
interface Magic {
  at(sizeBytes: number): number;
  bytes: Buffer;
}

interface Content {
  type: string;
  magics: Magic[];
  /** For people: "LUKS-encrypted volumes". */
  plural: string;
  /** `start` is the place of the magic that matched. */
  uuid?: (source: Peek, start: number) => Promise<string>;
  label?: (source: Peek, start: number) => Promise<string>;
}

/** Bytes of the volume, zero-filled past its end. */
type Peek = (offsetBytes: number, lengthBytes: number) => Promise<Buffer>;

const fixed = (offset: number, bytes: string | number[]): Magic => ({
  at: () => offset,
  bytes: Buffer.from(typeof bytes === 'string' ? [...bytes].map((char) => char.charCodeAt(0)) : bytes),
});

const RAID = [0xfc, 0x4e, 0x2b, 0xa9];

const uuidAt = (offset: number) => async (peek: Peek) => dashedUuid(await peek(offset, 16));
const textAt = (offset: number, length: number) => async (peek: Peek) => text(await peek(offset, length));

const text = (bytes: Buffer): string => zeroTerminated(bytes).trim();

/**
 * Looked at before the families that are parsed: where two formats' traces are on one volume, reading everything
 * loses nothing.
 */
const BEFORE: Content[] = [
  {
    type: 'linux_raid_member',
    plural: 'members of a Linux RAID',
    magics: [
      fixed(0, RAID),
      fixed(4096, RAID),
      { at: (size) => (Math.floor(size / 512 / 8) * 8 - 16) * 512, bytes: Buffer.from(RAID) },
      { at: (size) => Math.floor(size / 65536) * 65536 - 65536, bytes: Buffer.from(RAID) },
    ],
    uuid: async (peek, start) => dashedUuid(await peek(start + 16, 16)),
    label: async (peek, start) => text(await peek(start + 32, 32)),
  },
  {
    type: 'crypto_LUKS',
    plural: 'LUKS-encrypted volumes',
    magics: [fixed(0, [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe])],
    uuid: textAt(168, 40),
    label: async (peek) => ((await peek(6, 2)).readUInt16BE(0) === 2 ? text(await peek(24, 48)) : ''),
  },
  {
    type: 'LVM2_member',
    plural: 'LVM physical volumes',
    magics: [0, 512, 1024, 1536].map((sector) => fixed(sector + 24, 'LVM2 001')),
    uuid: async (peek, start) =>
      text(await peek(start + 8, 32)).replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})(.{6})$/, '$1-$2-$3-$4-$5-$6-$7'),
  },
];

/** Looked at afterwards: mke2fs leaves an old swap signature in place, mkswap overwrites ext's. */
const AFTER: Content[] = [
  {
    type: 'swap',
    plural: 'swap areas',
    magics: [4096, 8192, 16384, 65536].map((page) => fixed(page - 10, 'SWAPSPACE2')),
    uuid: uuidAt(1036),
    label: textAt(1052, 16),
  },
];

function peekInto(source: ByteSource, signal: AbortSignal | undefined): Peek {
  return async (offset, length) => {
    const bytes = Buffer.alloc(length);
    const present = Math.min(length, source.sizeBytes - offset);
    if (offset < 0 || present <= 0) return bytes;
    (await readStructure(source, 'start of the volume', offset, present, signal)).copy(bytes);
    return bytes;
  };
}

function wholeProbe(facts: FileSystemFacts, plural: string): Probe {
  return {
    facts,
    warnings: [],
    async usedExtents() {
      throw new EngineError('FILESYSTEM_UNSUPPORTED', { reason: `Images of ${plural} read the whole volume.` });
    },
  };
}

function familyOf(content: Content): FileSystemFamily {
  return {
    name: content.type,
    async probe(source, signal) {
      const peek = peekInto(source, signal);
      for (const magic of content.magics) {
        const start = magic.at(source.sizeBytes);
        if (start < 0 || !(await peek(start, magic.bytes.length)).equals(magic.bytes)) continue;
        const facts: FileSystemFacts = {
          type: content.type,
          label: (await content.label?.(peek, start)) ?? '',
          uuid: (await content.uuid?.(peek, start)) ?? '',
          blockSizeBytes: 0,
          totalBytes: source.sizeBytes,
          usedBytes: source.sizeBytes,
          freeBytes: 0,
          features: [],
          state: 'clean',
        };
        return wholeProbe(facts, content.plural);
      }
      return undefined;
    },
  };
}

/** Rows of the registry that come before the parsed families. */
export const recognisedFirst: FileSystemFamily[] = BEFORE.map(familyOf);
/** Rows of the registry that come after them. */
export const recognisedLast: FileSystemFamily[] = AFTER.map(familyOf);
