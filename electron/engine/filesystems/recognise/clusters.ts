/**
 * File systems that several machines mount at once. Sources: the kernel's fs/ocfs2/ocfs2_fs.h and
 * include/uapi/linux/gfs2_ondisk.h; vmfs-tools.
 *
 * IBM Storage Scale (GPFS) is not among them: it keeps identifiers in sectors 1 and 2 and a descriptor from sector 8 on,
 * but no mark of it is public. Only the partition's type names it.
 */
import { dashedUuid } from '../text.ts';
import { type Content, nameIn } from './content.ts';
import { unparsed } from './sentences.ts';

const EVERYWHERE = 'Unmount it on every machine first.';

const ocfs2: Content = {
  type: 'ocfs2',
  async find(volume) {
    for (const at of [1024, 2048, 4096, 8192]) {
      const bytes = await volume.at(at, 352);
      if (bytes.toString('latin1', 0, 6) !== 'OCFSV2') continue;
      return {
        version: `${bytes.readUInt16LE(192)}.${bytes.readUInt16LE(194)}`,
        uuid: dashedUuid(bytes.subarray(336, 352)),
        label: nameIn(bytes.subarray(272, 336)),
      };
    }
    return undefined;
  },
  why: unparsed('OCFS2 file systems', EVERYWHERE),
};

const GFS_MAGIC = 0x01161970;

/** The types by their format number: 1309 is the first GFS, 1800 and up GFS2. */
function gfs(type: 'gfs' | 'gfs2', name: string, isOurs: (format: number) => boolean): Content {
  return {
    type,
    async find(volume) {
      const bytes = await volume.at(65536, 272);
      if (bytes.readUInt32BE(0) !== GFS_MAGIC || !isOurs(bytes.readUInt32BE(24))) return undefined;
      return {
        ...(type === 'gfs2' ? { version: '1' } : {}),
        uuid: dashedUuid(bytes.subarray(256, 272)),
        label: nameIn(bytes.subarray(160, 224)),
      };
    },
    why: unparsed(`${name} file systems`, EVERYWHERE),
  };
}

/** As VMware prints its identifiers: two fields of four bytes and one of two little-endian, then six bytes. */
function vmwareUuid(bytes: Buffer): string {
  const reversed = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).reverse().toString('hex');
  return `${reversed(0, 4)}-${reversed(4, 8)}-${reversed(8, 10)}-${bytes.toString('hex', 10, 16)}`;
}

const vmfs: Content = {
  type: 'VMFS',
  async find(volume) {
    const bytes = await volume.at(2 * 1024 * 1024, 160);
    if (bytes.readUInt32LE(0) !== 0x2fabf15e) return undefined;
    return {
      version: `${bytes.readUInt8(8)}`,
      uuid: vmwareUuid(bytes.subarray(9, 25)),
      label: nameIn(bytes.subarray(29, 157)),
    };
  },
  why: unparsed('VMFS datastores'),
};

export const clusterFileSystems: readonly Content[] = [
  ocfs2,
  gfs('gfs2', 'GFS2', (format) => format >= 1800 && format < 1900),
  gfs('gfs', 'GFS', (format) => format === 1309),
  vmfs,
];
