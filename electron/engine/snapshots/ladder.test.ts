import { describe, expect, it } from 'vitest';
import type { FileSystemFacts, ImageType, ProviderReadiness, Volume } from '#contract';
import { EngineError } from '../base/errors.ts';
import { consistencyOf } from './consistency.ts';
import { chooseProvider } from './ladder.ts';
import { describeReadiness } from './readiness.ts';
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

const LVM: ProviderReadiness = {
  provider: 'LINUX_LVM',
  ready: true,
  method: 'thick LVM snapshot',
  reason: '',
  remedy: '',
  blocksWriters: false,
  tracksChanges: false,
};
const NO_LVM: ProviderReadiness = {
  ...LVM,
  ready: false,
  method: '',
  reason: '/dev/sdb1 is no logical volume.',
  remedy: 'Put it on LVM.',
};
const NO_REFLINK: ProviderReadiness = { ...NO_LVM, provider: 'REFLINK', reason: '/dev/sdb1 is no file.' };
const FREEZE: ProviderReadiness = { ...LVM, provider: 'FREEZE', method: 'freeze', blocksWriters: true };

interface Ask {
  imageType?: ImageType;
  provider?: string;
  volume?: Volume;
  failover?: boolean;
  readiness?: ProviderReadiness[];
}

const choose = ({ imageType, provider, volume = VOLUME, failover = true, readiness = [NO_LVM, FREEZE] }: Ask) =>
  chooseProvider({
    volume,
    settings: { imageType, snapshotProviderImage: provider, failover },
    readiness,
    platform: 'linux',
  });

describe('the ladder', () => {
  it('static and dynamic are what they are', () => {
    expect(choose({ imageType: 'static' })).toMatchObject({ imageType: 'static', provider: 'NONE', warnings: [] });
    expect(choose({ imageType: 'dynamic' })).toMatchObject({
      imageType: 'dynamic',
      consistency: 'fuzzy',
      warnings: [],
    });
    expect(choose({ imageType: 'dynamic', volume: MOUNTED }).warnings.join()).toMatch(/different moments/);
  });

  it('takes the first provider that is ready', () => {
    const readiness = [NO_LVM, { ...LVM, provider: 'REFLINK' as const, method: 'reflink clone' }, FREEZE];
    expect(choose({ imageType: 'snapshot', readiness })).toMatchObject({ imageType: 'snapshot', provider: 'REFLINK' });
  });

  it('a snapshot that cannot be had becomes static, with a warning', () => {
    for (const provider of ['linux_lvm', undefined]) {
      const asked = {
        imageType: 'snapshot' as const,
        readiness: [NO_LVM, NO_REFLINK],
        ...(provider ? { provider } : {}),
      };
      const choice = choose(asked);
      expect(choice).toMatchObject({ imageType: 'static', provider: 'NONE' });
      expect(choice.warnings).toEqual([
        '/dev/sdb1 is no logical volume. /dev/sdb1 is imaged as a static image instead.',
      ]);
    }
  });

  it('naming a provider asks for a snapshot', () => {
    expect(choose({ provider: 'LINUX_LVM', readiness: [LVM] })).toMatchObject({ imageType: 'snapshot' });
    expect(choose({ provider: 'LINUX_LVM' }).warnings).toHaveLength(1);
  });

  it('is an error where failover is off', () => {
    expect(() => choose({ imageType: 'snapshot', failover: false })).toThrow(/SNAPSHOT_UNAVAILABLE/);
  });

  it('is an error where only space is missing, and says how much', () => {
    const space = { neededBytes: 200, presentBytes: 100 };
    const readiness = [NO_REFLINK, { ...NO_LVM, reason: 'The volume group is full.', space }];
    expect(() => choose({ imageType: 'snapshot', readiness })).toThrow(
      expect.objectContaining({ code: 'SNAPSHOT_NO_SPACE', details: expect.objectContaining(space) }),
    );
  });

  it('blocks writers only where that provider was named', () => {
    expect(choose({ imageType: 'snapshot', volume: MOUNTED })).toMatchObject({ imageType: 'static' });
    expect(choose({ provider: 'FREEZE', volume: MOUNTED })).toMatchObject({
      imageType: 'snapshot',
      provider: 'FREEZE',
    });
  });

  it('left to itself, takes a snapshot of what is in use and a static image of the rest', () => {
    expect(choose({ readiness: [LVM] })).toMatchObject({ imageType: 'static', warnings: [] });
    expect(choose({ readiness: [LVM], volume: MOUNTED })).toMatchObject({
      imageType: 'snapshot',
      provider: 'LINUX_LVM',
    });
    expect(choose({ volume: MOUNTED })).toMatchObject({ imageType: 'static', warnings: [] });
  });

  it('NONE silences the warning', () => {
    expect(choose({ imageType: 'snapshot', provider: 'NONE', readiness: [LVM] })).toMatchObject({
      imageType: 'static',
      warnings: [],
    });
  });

  it.each(['VSS', 'JFS2'])('%s belongs to another system, whatever the image type', (provider) => {
    for (const imageType of ['static', 'snapshot', 'dynamic'] as const) {
      expect(() => choose({ imageType, provider })).toThrow(/PROVIDER_UNSUPPORTED/);
    }
  });

  it('a name that is none is an invalid option', () => {
    expect(() => choose({ imageType: 'snapshot', provider: 'LVSA2' })).toThrow(EngineError);
    expect(() => choose({ imageType: 'snapshot', provider: 'LVSA2' })).toThrow(/OPTION_INVALID/);
  });

  it('every provider has one row', () => {
    expect(new Set(PROVIDERS.map((row) => row.name)).size).toBe(PROVIDERS.length);
  });

  it('the answer for people says what would be done', () => {
    expect(describeReadiness(MOUNTED, [LVM, FREEZE], { failover: true })).toMatchObject({
      provider: 'LINUX_LVM',
      defaultImageType: 'snapshot',
    });
    expect(describeReadiness(VOLUME, [NO_LVM, FREEZE], { failover: false })).toMatchObject({
      provider: 'NONE',
      failover: false,
      defaultImageType: 'static',
    });
    expect(describeReadiness(VOLUME, [LVM], { snapshotProviderImage: 'VSS', failover: true })).toMatchObject({
      provider: 'NONE',
    });
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

  it.each([
    ['frozen', { volume: MOUNTED, facts: FACTS, frozen: true }, 'filesystem'],
    ['not frozen', { volume: MOUNTED, facts: FACTS, frozen: false }, 'crash'],
    [
      'frozen, and yet a journal to replay',
      { volume: MOUNTED, facts: { ...FACTS, state: 'dirty' }, frozen: true },
      'crash',
    ],
    [
      'frozen, state unknown',
      { volume: MOUNTED, facts: { ...FACTS, type: 'f2fs', state: 'dirty' }, frozen: true },
      'filesystem',
    ],
    [
      'frozen, with errors',
      { volume: MOUNTED, facts: { ...FACTS, type: 'f2fs', state: 'errors' }, frozen: true },
      'crash',
    ],
    ['the application paused', { volume: MOUNTED, facts: FACTS, frozen: true, quiesced: true }, 'application'],
    ['unmounted and clean', { volume: VOLUME, facts: FACTS, frozen: true }, 'filesystem'],
    ['unmounted raw data', { volume: { ...VOLUME, fsType: '' }, facts: { ...FACTS, type: 'raw' } }, 'crash'],
  ] as const)('%s: snapshot', (_, input, expected) => {
    const volume = { ...input.volume, mounts: [...input.volume.mounts] };
    const facts = { ...input.facts, features: [] };
    expect(consistencyOf({ imageType: 'snapshot', ...input, volume, facts })).toBe(expected);
  });
});
