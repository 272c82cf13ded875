import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ERROR_DISPOSITIONS, type ErrorCode, type ErrorDetails, messageIdOfError } from '#contract';
import { errorReport } from './error-report.ts';

const CODES = Object.keys(ERROR_DISPOSITIONS) as ErrorCode[];

describe('every code', () => {
  test.each(CODES)('%s says what happened and what to do, even without details', (code) => {
    const lines = errorReport({ code, details: {} });
    expect(lines[0]).toMatch(new RegExp(`^${messageIdOfError(code)} [A-Z].*\\. \\[${code}\\]$`));
    expect(lines.at(-1)).toMatch(/^ {2}What to do {2}\S.*\.$/);
    expect(lines.join('\n')).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test('survives any details', () => {
    const keys = ['volume', 'target', 'range', 'holders', 'written', 'leftBehind', 'reason', 'neededBytes'];
    const details = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()) as fc.Arbitrary<ErrorDetails>;
    fc.assert(
      fc.property(fc.constantFrom(...CODES), details, (code, given) => {
        expect(errorReport({ code, details: given })[0]).toContain(`[${code}]`);
      }),
    );
  });
});

test('a busy volume names its users', () => {
  const details: ErrorDetails = {
    volume: '/dev/sdb1',
    holders: [
      { kind: 'mount', name: '/home', writable: true },
      { kind: 'process', name: 'postgres', pid: 812 },
    ],
  };
  expect(errorReport({ code: 'VOLUME_BUSY', details })).toEqual([
    'SFR4987E The volume /dev/sdb1 is in use, so it cannot be kept still for a static image. It was not changed. [VOLUME_BUSY]',
    '  In use by   mounted at /home, process postgres (812)',
    '  What to do  Close the programs that use it, or take a -imagetype=dynamic image, which may be inconsistent.',
  ]);
});

test('a failed restore says what was written and left behind', () => {
  const details: ErrorDetails = {
    target: '/dev/sdc1',
    reason: 'Input/output error',
    written: [
      { offsetBytes: 0, lengthBytes: 1024 ** 2 },
      { offsetBytes: 1024 ** 3, lengthBytes: 1024 ** 2 },
    ],
    range: { offsetBytes: 1025 * 1024 ** 2, lengthBytes: 4096 },
    leftBehind: ['/dev/sdc1 is only partly written'],
    remedy: 'Replace the disk.',
  };
  expect(errorReport({ code: 'TARGET_WRITE_FAILED', details })).toEqual([
    'SFR4023E The target /dev/sdc1 could not be written. What is on it now is not a complete volume. [TARGET_WRITE_FAILED]',
    '  Reason           Input/output error',
    '  Where            4.00 KiB at offset 1074790400',
    '  Already written  2.00 MiB in 2 runs',
    '  Left behind      /dev/sdc1 is only partly written',
    '  What to do       Replace the disk.',
  ]);
});

test('a bad line of the options file is named', () => {
  const details = { option: 'port', value: 'x', reason: 'R.', allowed: '0 to 65535', file: '/c/s.opt', line: 3 };
  expect(errorReport({ code: 'OPTION_INVALID', details })).toEqual([
    'SFR1107E The option port=x (/c/s.opt, line 3) cannot be used. [OPTION_INVALID]',
    '  Reason      R.',
    '  What to do  Allowed: 0 to 65535.',
  ]);
});

test('a damaged file system names the structure and its place', () => {
  const details: ErrorDetails = {
    volume: '/dev/sdb1',
    structure: 'descriptor of block group 0',
    offsetBytes: 4096,
    reason: 'The checksum of the descriptor of block group 0 is wrong.',
  };
  expect(errorReport({ code: 'FILESYSTEM_DAMAGED', details }).slice(0, 3)).toEqual([
    'SFR9024E The file system on the volume /dev/sdb1 is damaged, so its used blocks are not known for certain. [FILESYSTEM_DAMAGED]',
    '  Reason      The checksum of the descriptor of block group 0 is wrong.',
    '  Where       descriptor of block group 0, at byte 4096 of the volume',
  ]);
});
