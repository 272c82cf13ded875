/** Whatever bytes a file holds, its parser ends with a value or with a typed error, and soon. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { native } from '../native.ts';
import { GrowingBlobIndex } from './blob-index.ts';
import { parseConfig } from './config.ts';
import type { DamagedKind } from './damage.ts';
import { readIndex } from './index-files.ts';
import { parseKeyFile } from './key-file.ts';
import { parseLock } from './lock-file.ts';
import { decodeHeader, encodeHeader, newPackContent, readHeaderLength } from './pack-header.ts';
import { encodeSnapshot, parseSnapshot } from './snapshots.ts';
import { decodeTree, encodeTree } from './tree-json.ts';
import { decodeUnpacked, openSealed } from './unpacked.ts';

const ID = 'ab'.repeat(32);
const time = '2026-11-21T01:02:03Z';
const reference = (kind: DamagedKind) => ({ repository: '/r', kind, id: ID });
const key = Buffer.alloc(64, 7);

const header = newPackContent(3);
header.lengths.fill(100);
header.uncompressedLengths[1] = 500;
const index = `{"supersedes":["${ID}"],"packs":[{"id":"${ID}","blobs":[{"id":"${ID}","type":"data","offset":0,"length":99,"uncompressed_length":5}]}]}`;
const keyFile = { created: time, username: 'u', hostname: 'h', kdf: 'scrypt', N: 1024, r: 8, p: 1 };
const secrets = { salt: Buffer.alloc(64).toString('base64'), data: Buffer.alloc(100).toString('base64') };

/** A parser and a document that it accepts. */
const PARSERS: Record<string, { parse: (bytes: Buffer) => unknown; valid: Buffer }> = {
  'pack header': { parse: (bytes) => decodeHeader(bytes, 300, reference('pack')), valid: encodeHeader(header) },
  'pack header length': {
    parse: (bytes) => bytes.length >= 4 && readHeaderLength(bytes, 1000, reference('pack')),
    valid: Buffer.of(100, 0, 0, 0),
  },
  'sealed file': {
    parse: (bytes) => openSealed(key, bytes, reference('index')),
    valid: native().seal(key, Buffer.from('x')),
  },
  'unpacked file': {
    parse: (bytes) => decodeUnpacked(bytes, reference('index')),
    valid: Buffer.concat([Buffer.of(2), native().compress(Buffer.from(index), 3)]),
  },
  index: { parse: (bytes) => readIndex(bytes, reference('index'), new GrowingBlobIndex()), valid: Buffer.from(index) },
  tree: {
    parse: (bytes) => decodeTree(bytes, reference('tree')),
    valid: encodeTree([
      { name: 'f', type: 'file', content: Buffer.from(ID + ID, 'hex') },
      { name: 'd', type: 'dir', subtree: ID },
    ]),
  },
  snapshot: {
    parse: (bytes) => parseSnapshot(bytes, reference('snapshot')),
    valid: encodeSnapshot({ time, tree: ID, paths: ['/x'], tags: ['a'], hostname: 'h' }),
  },
  lock: {
    parse: (bytes) => parseLock(bytes, reference('lock')),
    valid: Buffer.from(JSON.stringify({ time, exclusive: true, hostname: 'h', username: 'u', pid: 3, stillframe: {} })),
  },
  key: {
    parse: (bytes) => parseKeyFile(bytes, reference('key')),
    valid: Buffer.from(JSON.stringify({ ...keyFile, ...secrets })),
  },
  config: {
    parse: (bytes) => parseConfig(bytes, reference('config')),
    valid: Buffer.from(JSON.stringify({ version: 2, id: ID, chunker_polynomial: '25b468838dcb75' })),
  },
};

function survives(parse: (bytes: Buffer) => unknown, bytes: Buffer): void {
  try {
    parse(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    expect(['REPOSITORY_DAMAGED', 'REPOSITORY_UNSUPPORTED']).toContain((error as EngineError).code);
    expect((error as EngineError).details).toMatchObject({ repository: '/r' });
  }
}

const jsonish = fc.json().map((text) => Buffer.from(text));
const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

describe.each(Object.entries(PARSERS))('%s', (_, { parse, valid }) => {
  test('accepts a valid one', () => {
    expect(parse(Buffer.from(valid))).toBeDefined();
  });

  test('survives random bytes and random JSON', () => {
    fc.assert(
      fc.property(fc.oneof(noise, jsonish), (bytes) => survives(parse, bytes)),
      { numRuns: 500 },
    );
  });

  test('survives a valid one that was cut, changed or extended', () => {
    const change = fc.record({ at: fc.nat(), bytes: noise.filter(({ length }) => length < 5), cut: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let bytes = Buffer.from(valid);
        for (const { at, bytes: inserted, cut } of changes) {
          const place = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + cut)]);
        }
        survives(parse, bytes);
      }),
      { numRuns: 1000 },
    );
  });
});
