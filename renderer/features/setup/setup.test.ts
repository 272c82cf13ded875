import { describe, expect, it } from 'vitest';
import type { Volume } from '#contract';
import { scoreOf } from './passphrase-score.ts';
import { resticCommands, sheetText } from './recovery-sheet.ts';
import { candidatesOf } from './support-volumes.ts';

describe('the strength of a passphrase', () => {
  it('knows what is guessed first', () => {
    expect(scoreOf('password').score).toBe(0);
    expect(scoreOf('qwertyuiop').score).toBeLessThan(2);
    expect(scoreOf('walnut ferry opaque drum lantern').score).toBe(4);
  });

  it('judges long ones in no time', () => {
    expect(scoreOf('xK9!'.repeat(5000)).guesses).toBeGreaterThan(0);
  });
});

describe('the recovery sheet', () => {
  const facts = {
    recoveryKey: 'AAAAA-BBBBB',
    location: "/mnt/it's here",
    repositoryId: 'f00d',
    nodeName: 'workbench',
    printedAt: '2026-11-25T12:00:00Z',
  };

  it('quotes the location for the shell', () => {
    expect(resticCommands(facts.location)[0]).toBe("restic -r '/mnt/it'\\''s here' snapshots");
  });

  it('holds what is needed to get everything back', () => {
    const text = sheetText(facts);
    for (const part of [facts.recoveryKey, facts.location, facts.repositoryId, 'restic']) expect(text).toContain(part);
  });
});

describe('candidates for the first backup', () => {
  const volume = (name: string, more: Partial<Volume> = {}): Volume =>
    ({ name, kind: 'partition', sizeBytes: 1, readable: true, fsType: 'ext4', mounts: [], ...more }) as Volume;
  const mounted = (mountPoint: string) => [{ mountPoint, readOnly: false, options: '', fsType: 'ext4' }];

  it('are file systems that can be read, those in use first', () => {
    const list = [
      volume('/dev/a1', { fsType: 'swap' }),
      volume('/dev/a2'),
      volume('/dev/a3', { mounts: mounted('/home') }),
      volume('/dev/a4', { readable: false }),
      volume('/dev/a5', { fsType: 'vfat', mounts: mounted('/boot/efi') }),
      volume('/dev/a', { kind: 'disk', fsType: '' }),
    ];
    expect(candidatesOf(list).map(({ name }) => name)).toEqual(['/dev/a3', '/dev/a2']);
  });
});
