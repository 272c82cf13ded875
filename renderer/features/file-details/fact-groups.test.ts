import { beforeAll, expect, it, vi } from 'vitest';
import type { ImageDetails } from '#contract';
import { startLanguage } from '../../i18n/language.ts';
import { imageOf } from '../../stores/canned-engine.ts';
import { detailsAsText, factGroups } from './fact-groups.ts';

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await startLanguage();
});

const summary = imageOf('/dev/loop7', 'a', '2026-11-21T10:00:00Z');
const made: ImageDetails = {
  summary,
  storedSize: 4096,
  blockCount: 2048,
  uniqueBlockCount: 7,
  resticCommand: 'restic dump aaaa /volume.img > /dev/loop7',
  manifest: {
    version: 1,
    volume: {
      name: '/dev/loop7',
      kind: 'loop',
      sizeBytes: summary.imageSize,
      logicalSectorBytes: 512,
      physicalSectorBytes: 4096,
      fsUuid: '7d1f',
      fsLabel: '',
      partUuid: '',
      model: '',
      serial: '',
      mountPoint: '',
    },
    fileSystem: {
      type: 'ext4',
      label: '',
      uuid: '7d1f',
      blockSizeBytes: 4096,
      totalBytes: summary.imageSize,
      usedBytes: summary.usedSize,
      freeBytes: 0,
      features: ['extent'],
      state: 'clean',
    },
    imageType: 'static',
    provider: 'NONE',
    consistency: 'filesystem',
    mode: 'selective',
    options: { imagegapsize: '32 KB' },
    gridBytes: 524_288,
    gapBytes: 0,
    extents: { mode: 'used', count: 3, usedBytes: summary.usedSize },
    unreadable: Array.from({ length: 20 }, (_, index) => ({ offsetBytes: index * 8192, lengthBytes: 4096 })),
    warnings: ['Part of it could not be read.'],
    counters: {
      scannedBytes: summary.imageSize,
      readBytes: 1,
      changedBytes: 1,
      storedBytes: 1,
      deduplicatedBytes: 0,
      zeroBytes: 0,
      freeBytes: 0,
      unreadableBytes: 81_920,
    },
    startedAt: '2026-11-21T10:00:00Z',
    finishedAt: '2026-11-21T10:00:08Z',
    engineVersion: '0.1.0',
    managementClass: 'STANDARD',
    merkleRoot: 'b'.repeat(64),
  },
};

function factOf(details: ImageDetails, label: string) {
  return factGroups(details)
    .flatMap(({ facts }) => facts)
    .find((fact) => fact.label === label);
}

it('copies exact values and shows readable ones', () => {
  expect(factOf(made, 'Image size')).toMatchObject({ value: '1 GiB', copy: String(1024 ** 3) });
  expect(factOf(made, 'Date')?.copy).toBe('2026-11-21T10:00:00Z');
  expect(factOf(made, 'Gap')?.copy).toBe('0');
  expect(factOf(made, 'imagegapsize')?.value).toBe('32 KB');
});

it('shows some of many unreadable ranges and copies all of them', () => {
  const ranges = factOf(made, 'Ranges');
  expect(ranges?.value).toMatch(/; and 12 more$/);
  expect(ranges?.copy.split('\n')).toHaveLength(20);
});

it('leaves out what is not known, and of images that restic made what it does not say', () => {
  expect(factOf(made, 'Model')).toBeUndefined();
  const { manifest: _none, ...restic } = { ...made, summary: { ...summary, origin: 'restic' as const } };
  expect(factGroups(restic).map(({ key }) => key)).toEqual([
    'volume',
    'image',
    'retention',
    'consistency',
    'storage',
    'provenance',
  ]);
  for (const label of ['Image type', 'Mode', 'Provider', 'Merkle root']) expect(factOf(restic, label)).toBeUndefined();
  expect(factOf(restic, 'Consistency')?.value).toBe('Not known');
  expect(factOf(restic, 'Made by')?.value).toBe('restic');
});

it('as text has everything, exact values included', () => {
  const text = detailsAsText(made);
  expect(text).toContain(`  Image size: 1 GiB (${1024 ** 3})`);
  expect(text).toContain(`  Merkle root: ${'b'.repeat(64)}`);
  expect(text).toContain('! Part of it could not be read.');
  expect(text).toContain(made.resticCommand);
  expect(text).not.toContain('undefined');
});
