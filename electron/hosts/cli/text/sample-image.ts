/** One image with round figures, for the tests of the texts. */
import type { ImageCounters, ImageDetails, ImageSummary, Manifest } from '#contract';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export const sampleSummary: ImageSummary = {
  id: `12ab34cd${'0'.repeat(56)}`,
  volume: '/dev/sdb1',
  time: '2026-11-21T02:15:10.000Z',
  hostname: 'desk',
  imageSize: 4 * GIB,
  usedSize: 2 * GIB,
  storedSize: GIB,
  newSize: 512 * MIB,
  fsType: 'ext4',
  fsLabel: 'home',
  mgmtClass: 'STANDARD',
  active: true,
  imageType: 'static',
  provider: 'NONE',
  consistency: 'filesystem',
  mode: 'selective',
  unreadableBytes: 0,
  origin: 'stillframe',
};

export const sampleCounters: ImageCounters = {
  scannedBytes: 4 * GIB,
  readBytes: 2 * GIB,
  changedBytes: GIB,
  storedBytes: 512 * MIB,
  deduplicatedBytes: GIB,
  zeroBytes: 0,
  freeBytes: 2 * GIB,
  unreadableBytes: 0,
};

export const sampleManifest: Manifest = {
  version: 1,
  volume: {
    name: '/dev/sdb1',
    kind: 'partition',
    sizeBytes: 4 * GIB,
    logicalSectorBytes: 512,
    physicalSectorBytes: 4096,
    fsUuid: 'f5-uuid',
    fsLabel: 'home',
    partUuid: 'part-uuid',
    model: 'Portable T7',
    serial: 'S1',
    mountPoint: '',
  },
  fileSystem: {
    type: 'ext4',
    label: 'home',
    uuid: 'f5-uuid',
    blockSizeBytes: 4096,
    totalBytes: 4 * GIB,
    usedBytes: 2 * GIB,
    freeBytes: 2 * GIB,
    features: ['extents', '64bit'],
    state: 'clean',
  },
  imageType: 'static',
  provider: 'NONE',
  consistency: 'filesystem',
  mode: 'selective',
  options: { mode: 'selective', imagegapsize: '32k' },
  gridBytes: 512 * 1024,
  gapBytes: 32 * 1024,
  extents: {
    mode: 'used',
    count: 1234,
    usedBytes: 2 * GIB,
    skipped: { count: 1233, bytes: 2 * GIB, largest: { offsetBytes: 4096, lengthBytes: GIB } },
  },
  unreadable: [],
  warnings: [],
  counters: sampleCounters,
  startedAt: '2026-11-21T02:15:00.000Z',
  finishedAt: '2026-11-21T02:15:10.000Z',
  engineVersion: '0.1.0',
  managementClass: 'STANDARD',
  merkleRoot: 'f'.repeat(64),
};

export const sampleDetails: ImageDetails = {
  summary: sampleSummary,
  manifest: sampleManifest,
  storedSize: GIB,
  blockCount: 8192,
  uniqueBlockCount: 2049,
  resticCommand: 'restic -r /repo dump 12ab34cd /sdb1/volume.img > /dev/sdb1',
};
