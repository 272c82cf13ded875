/** Documents of any content: what is written is read again as it was, and what is not known is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { decodePolicy, encodePolicy, type PolicyDocument } from './policy-document.ts';

const where = { repository: '/r', snapshot: 'ab'.repeat(32) };
const instant = fc
  .date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const id = fc.integer({ min: 0, max: 2 ** 31 }).map((number) => number.toString(16).padStart(64, '0'));
const limit = (minimum: number) => fc.oneof(fc.integer({ min: minimum, max: 9999 }), fc.constant('nolimit' as const));
const group = fc.record({
  verExists: limit(1),
  verDeleted: limit(0),
  retExtra: limit(0),
  retOnly: limit(0),
  mode: fc.constantFrom('modified' as const, 'absolute' as const),
  serialization: fc.constantFrom('static' as const, 'shrstatic' as const, 'shrdynamic' as const, 'dynamic' as const),
  changingRetries: fc.integer({ min: 0, max: 4 }),
});
const anyDocument = fc
  .record({
    version: fc.integer({ min: 1, max: 1_000_000 }),
    savedAt: instant,
    changes: fc.array(fc.string({ maxLength: 80 }), { maxLength: 4 }),
    group,
    others: fc.array(fc.option(group, { nil: undefined }), { maxLength: 4 }),
    grace: limit(0),
    pins: fc.array(fc.record({ image: id, at: instant, reason: fc.string({ maxLength: 40 }) }), { maxLength: 3 }),
    deletions: fc.array(fc.record({ image: id, at: instant }), { maxLength: 3 }),
    deactivations: fc.array(
      fc.record({
        hostname: fc.string({ maxLength: 20 }),
        volume: fc.string({ minLength: 1, maxLength: 20 }),
        at: instant,
        imageTime: instant,
      }),
      { maxLength: 3 },
    ),
  })
  .map(
    ({ version, savedAt, changes, group: first, others, grace, ...marks }): PolicyDocument => ({
      format: 1,
      version,
      revision: 'cd'.repeat(16),
      savedAt,
      savedBy: 'a@b',
      changes,
      set: {
        classes: [first, ...others].map((backup, i) => ({
          name: `C${i}`,
          description: '',
          ...(backup ? { backup } : {}),
        })),
        defaultClass: 'c0',
        graceRetention: grace,
      },
      marks,
    }),
  );

test('what is written is read again as it was', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      expect(decodePolicy(encodePolicy(document), where)).toEqual(document);
    }),
  );
});

/** Every object inside a value, the value included. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}

test('a field that is not known is refused wherever it is, and one that is gone, too', () => {
  fc.assert(
    fc.property(anyDocument, fc.nat(), fc.nat(), fc.boolean(), (document, where1, where2, adds) => {
      const copy: unknown = JSON.parse(encodePolicy(document).toString());
      const objects = objectsIn(copy);
      const target = objects[where1 % objects.length] ?? {};
      const names = Object.keys(target).filter((name) => name !== 'backup');
      if (adds) Reflect.set(target, 'unheardOf', true);
      else Reflect.deleteProperty(target, names[where2 % names.length] ?? '');
      let thrown: unknown;
      try {
        decodePolicy(Buffer.from(JSON.stringify(copy)), where);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(EngineError);
      expect(thrown).toMatchObject({ code: 'POLICY_INVALID' });
    }),
  );
});

test('arbitrary bytes are refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        expect(() => decodePolicy(bytes, where)).toThrow(EngineError);
      },
    ),
  );
});
