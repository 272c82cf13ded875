import { expect, it } from 'vitest';
import { auditText } from './reading.ts';

it.each([
  [0, 0, ''],
  [1, 0, 'Change tracking: 1 block checked, all as expected.'],
  [1024, 0, 'Change tracking: 1,024 blocks checked, all as expected.'],
  [
    1024,
    3,
    'Of 1,024 blocks that it called unchanged, 3 blocks had changed. Everything was read, so this image is right.',
  ],
])('says what %d checked blocks with %d mismatches mean', (auditedBlocks, auditMismatches, text) =>
  expect(auditText({ auditedBlocks, auditMismatches })).toBe(text),
);
