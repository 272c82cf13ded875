import { describe, expect, test } from 'vitest';
import { parseStatus, poolStatus, snapshotSpace, thinSpace } from './dm-status.ts';

describe('what dmsetup says', () => {
  test('of a snapshot', () => {
    expect(snapshotSpace(parseStatus('0 1048576 snapshot 24/262144 16\n'))).toEqual({
      usedBytes: 24 * 512,
      totalBytes: 262144 * 512,
    });
    for (const line of [
      'snapshot Invalid',
      'snapshot Overflow',
      'snapshot Merge failed',
      'snapshot Unknown',
      'error',
      'linear',
    ]) {
      expect(snapshotSpace(parseStatus(`0 1048576 ${line} \n`))).toEqual({
        lost: expect.stringMatching(/^[A-Z].*\.$/),
      });
    }
    expect(snapshotSpace(parseStatus(''))).toEqual({ lost: expect.any(String) });
    const two = '0 8 snapshot 24/262144 16\n8 8 error\n';
    expect(snapshotSpace(parseStatus(two))).toEqual({ lost: expect.any(String) });
  });

  test('of a thin volume', () => {
    expect(thinSpace(parseStatus('0 1048576 thin 136320 1048575\n'))).toEqual({ mappedBytes: 136320 * 512 });
    expect(thinSpace(parseStatus('0 1048576 thin 0 -\n'))).toEqual({ mappedBytes: 0 });
    for (const line of ['thin Fail', 'thin Error', 'error']) {
      expect(thinSpace(parseStatus(`0 1048576 ${line}\n`))).toEqual({ lost: expect.stringMatching(/^[A-Z].*\.$/) });
    }
  });

  test('of a pool', () => {
    const rest = 'no_discard_passdown queue_if_no_space';
    const pool = (flags: string, held = '-') =>
      poolStatus(parseStatus(`0 2097152 thin-pool 2 121/1024 1195/16384 ${held} ${flags} 256 \n`));
    expect(pool(`rw ${rest} -`)).toEqual({
      usedMetadataBlocks: 121,
      totalMetadataBlocks: 1024,
      usedBlocks: 1195,
      totalBlocks: 16384,
      metadataHeld: false,
      trouble: '',
    });
    expect(pool(`rw ${rest} -`, '73')?.metadataHeld).toBe(true);
    expect(pool(`out_of_data_space ${rest} -`)?.trouble).toContain('no space left');
    expect(pool(`ro ${rest} -`)?.trouble).toContain('read-only');
    expect(pool(`rw ${rest} needs_check`)?.trouble).toContain('needs a check');
    expect(poolStatus(parseStatus('0 2097152 thin-pool Fail\n'))).toBe(undefined);
    expect(poolStatus(parseStatus('0 2097152 error \n'))).toBe(undefined);
  });
});
