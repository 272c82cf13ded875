import { describe, expect, test } from 'vitest';
import { toRanges } from '../../base/extents.ts';
import { type DeltaExpectation, DeltaReader, DeltaRefused } from './thin-delta.ts';

const KIB = 1024;
const CHUNK = 64 * KIB;

/** As thin_delta 0.9 printed it. */
const OUTPUT = `<superblock uuid="" time="2" transaction="3" data_block_size="128" nr_data_blocks="0">
  <diff left="2" right="3">
    <different begin="0" length="1"/>
    <same begin="1" length="3"/>
    <different begin="4" length="1"/>
    <right_only begin="5" length="127"/>
    <left_only begin="140" length="2"/>
    <same begin="8191" length="1"/>
  </diff>
</superblock>
`;
const EXPECTED: DeltaExpectation = {
  left: 2,
  right: 3,
  chunkBytes: CHUNK,
  sizeBytes: 8192 * CHUNK,
  mappedBytes: (1 + 3 + 1 + 127 + 1) * CHUNK,
};

function read(output: string, changed: Partial<DeltaExpectation> = {}, pieceLength = output.length) {
  const reader = new DeltaReader({ ...EXPECTED, ...changed });
  for (let at = 0; at < output.length; at += pieceLength) reader.take(output.slice(at, at + pieceLength));
  return toRanges(reader.end());
}

const RANGES = [
  { offsetBytes: 0, lengthBytes: CHUNK },
  { offsetBytes: 4 * CHUNK, lengthBytes: 128 * CHUNK },
  { offsetBytes: 140 * CHUNK, lengthBytes: 2 * CHUNK },
];

describe('what thin_delta prints', () => {
  test('all that is not the same', () => {
    expect(read(OUTPUT)).toEqual(RANGES);
  });

  test('in pieces of any length', () => {
    for (const length of [1, 2, 3, 7, 64]) expect(read(OUTPUT, {}, length)).toEqual(RANGES);
  });

  test('of two empty volumes', () => {
    const empty = '<superblock data_block_size="128"><diff left="2" right="3"></diff></superblock>';
    expect(read(empty, { mappedBytes: 0 })).toEqual([]);
    expect(read(empty.replace('></diff>', '/>'), { mappedBytes: 0 })).toEqual([]);
  });

  test('clipped to the volume, whose last block may reach over its end', () => {
    const over = OUTPUT.replace('<same begin="8191" length="1"/>', '<different begin="8190" length="9"/>');
    const mappedBytes = EXPECTED.mappedBytes + 8 * CHUNK;
    const sizeBytes = 8191 * CHUNK + 4096;
    expect(read(over, { sizeBytes, mappedBytes }).at(-1)).toEqual({
      offsetBytes: 8190 * CHUNK,
      lengthBytes: CHUNK + 4096,
    });
    // Beyond the end altogether.
    expect(read(over, { sizeBytes: 8000 * CHUNK, mappedBytes })).toEqual(RANGES);
  });

  test.each([
    ['other volumes', OUTPUT.replace('left="2"', 'left="7"')],
    ['other block size', OUTPUT.replace('data_block_size="128"', 'data_block_size="256"')],
    ['cut off', OUTPUT.slice(0, -20)],
    ['cut off within a tag', OUTPUT.slice(0, 150)],
    ['something behind', `${OUTPUT}<diff left="2" right="3"/>`],
    ['unknown tag', OUTPUT.replace('<different', '<similar')],
    ['overlap', OUTPUT.replace('begin="4"', 'begin="3"')],
    ['wrong order', OUTPUT.replace('begin="1" length="3"', 'begin="500" length="3"')],
    ['no length', OUTPUT.replace(' length="3"', '')],
    ['empty range', OUTPUT.replace('length="3"', 'length="0"')],
    ['negative', OUTPUT.replace('length="3"', 'length="-3"')],
    ['too large', OUTPUT.replace('length="3"', 'length="99999999999999999999"')],
    ['attribute twice', OUTPUT.replace('begin="1"', 'begin="1" begin="1"')],
    ['unquoted', OUTPUT.replace('begin="1"', 'begin=1')],
    ['a range that is missing', OUTPUT.replace('    <right_only begin="5" length="127"/>\n', '')],
    ['an error instead', 'metadata contains errors\n'],
    ['nothing', ''],
    ['no end', `<${'x'.repeat(10_000)}`],
  ])('refused: %s', (_, output) => {
    expect(() => read(output)).toThrow(DeltaRefused);
  });

  test('refused: fewer blocks than the kernel says', () => {
    expect(() => read(OUTPUT, { mappedBytes: EXPECTED.mappedBytes + CHUNK })).toThrow(DeltaRefused);
  });
});
