import { describe, expect, it } from 'vitest';
import type { FileSystemFacts, Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import { consistencyOf } from './consistency.ts';
import { chooseProvider } from './ladder.ts';
import { none } from './none.ts';
import { PROVIDERS } from './registry.ts';

const VOLUME: Volume = {
  name: '/dev/sdb1',
  kind: 'partition',
  sizeBytes: 1024,
  logicalSectorBytes: 512,
  physicalSectorBytes: 512,
  fsType: 'ext4',
  label: '',
  uuid: '',
  partUuid: '',
  model: '',
  serial: '',
  transport: '',
  removable: false,
  readOnly: false,
  system: false,
  mounts: [],
  holders: [],
  readable: true,
  writable: true,
  needs: '',
};
const MOUNTED: Volume = {
  ...VOLUME,
  mounts: [{ mountPoint: '/home', readOnly: false, options: 'rw', fsType: 'ext4' }],
};
const FACTS: FileSystemFacts = {
  type: 'ext4',
  label: '',
  uuid: '',
  blockSizeBytes: 4096,
  totalBytes: 0,
  usedBytes: 0,
  freeBytes: 0,
  features: [],
  state: 'clean',
};

const choose = (imageType: 'static' | 'snapshot' | 'dynamic', snapshotProviderImage?: string, volume = VOLUME) =>
  chooseProvider({ volume, settings: { imageType, snapshotProviderImage }, platform: 'linux' });

describe('the ladder', () => {
  it('static and dynamic are what they are', () => {
    expect(choose('static')).toMatchObject({ imageType: 'static', provider: 'NONE', warnings: [] });
    expect(choose('dynamic')).toMatchObject({ imageType: 'dynamic', consistency: 'fuzzy', warnings: [] });
    expect(choose('dynamic', undefined, MOUNTED).warnings.join()).toMatch(/different moments/);
  });

  it('a snapshot that cannot be had becomes static, with a warning', () => {
    expect(choose('snapshot', 'linux_lvm')).toMatchObject({ imageType: 'static', provider: 'NONE' });
    expect(choose('snapshot', 'LINUX_LVM').warnings).toEqual([
      'LINUX_LVM snapshots are not available in this version. /dev/sdb1 is imaged as a static image instead.',
    ]);
  });

  it('NONE silences the warning', () => {
    expect(choose('snapshot', 'NONE')).toMatchObject({ imageType: 'static', warnings: [] });
  });

  it.each(['VSS', 'JFS2'])('%s belongs to another system, whatever the image type', (provider) => {
    for (const imageType of ['static', 'snapshot', 'dynamic'] as const) {
      expect(() => choose(imageType, provider)).toThrow(/PROVIDER_UNSUPPORTED/);
    }
  });

  it('a name that is none is an invalid option', () => {
    expect(() => choose('snapshot', 'LVSA2')).toThrow(EngineError);
    expect(() => choose('snapshot', 'LVSA2')).toThrow(/OPTION_INVALID/);
  });

  it('every provider has one row', () => {
    expect(new Set(PROVIDERS.map((row) => row.name)).size).toBe(PROVIDERS.length);
  });

  it('NONE takes no snapshot', async () => {
    expect(await none.readiness(VOLUME)).toMatchObject({ ready: false });
    await expect(none.create(VOLUME, { runId: 'a' })).rejects.toMatchObject({ code: 'SNAPSHOT_UNAVAILABLE' });
  });
});

describe('the consistency class', () => {
  it.each([
    ['unmounted and clean', { volume: VOLUME, facts: FACTS }, 'filesystem'],
    ['mounted, kept read-only', { volume: MOUNTED, facts: FACTS }, 'filesystem'],
    ['unmounted with a journal to replay', { volume: VOLUME, facts: { ...FACTS, state: 'dirty' } }, 'crash'],
    ['unmounted with errors', { volume: VOLUME, facts: { ...FACTS, state: 'errors' } }, 'crash'],
    ['raw data', { volume: { ...VOLUME, fsType: '' }, facts: { ...FACTS, type: 'raw' } }, 'crash'],
    ['unmounted XFS', { volume: { ...VOLUME, fsType: 'xfs' }, facts: { ...FACTS, type: 'xfs' } }, 'filesystem'],
    ['state unknown', { volume: { ...VOLUME, fsType: 'hfs' }, facts: { ...FACTS, type: 'hfs' } }, 'crash'],
  ] as const)('%s: static', (_, input, expected) => {
    expect(
      consistencyOf({
        imageType: 'static',
        ...input,
        volume: { ...input.volume, mounts: [...input.volume.mounts] },
        facts: { ...input.facts, features: [] },
      }),
    ).toBe(expected);
    expect(consistencyOf({ imageType: 'dynamic', volume: VOLUME })).toBe('fuzzy');
  });
});
