import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OptionDescription } from '#contract';
import { bytesOfSize, mayBe, requestOf } from './run-options.ts';

function option(type: OptionDescription['type'], facts: Partial<OptionDescription> = {}): OptionDescription {
  return {
    name: 'x',
    display: 'X',
    type,
    unit: '',
    values: [],
    allowed: '',
    help: '',
    default: '',
    places: ['command', 'file'],
    value: '',
    source: { from: 'default' },
    locked: false,
    ...facts,
  };
}

describe('texts of options', () => {
  it('are sizes in KiB unless they say otherwise', () => {
    expect(['0', '32', '64k', '1M', '2g', '', '1.5m', '4kb', '-1'].map(bytesOfSize)).toEqual([
      0,
      32_768,
      65_536,
      1_048_576,
      2_147_483_648,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    [option('integer', { minimum: 1, maximum: 19 }), '19', true],
    [option('integer', { minimum: 1, maximum: 19 }), '20', false],
    [option('integer', { minimum: 1, maximum: 19 }), '1.5', false],
    [option('size', { minimum: 0, maximum: 1024 }), '1k', true],
    [option('size', { minimum: 0, maximum: 1024 }), '2k', false],
    [option('size'), 'much', false],
    [option('wait'), '2s,500ms', true],
    [option('wait'), 'soon', false],
    [option('enum', { values: ['fail', 'continue'] }), 'Fail', true],
    [option('enum', { values: ['fail', 'continue'] }), 'perhaps', false],
    [option('path'), '/var/tmp', true],
  ])('%o may be %s: %s', (description, text, allowed) => {
    expect(mayBe(description, text)).toBe(allowed);
  });
});

it('a request says nothing that was not said', () => {
  const text = fc.constantFrom('1', '2', '9');
  const overrides = fc.record(
    { imagegapsize: text, compressionlevel: text, changetracking: fc.constant('no'), snapshotcachesize: text },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(overrides, (said) => {
      const { imageGapBytes, compressionLevel, options = {}, ...rest } = requestOf(said);
      expect(rest).toEqual({});
      expect(imageGapBytes).toBe(said.imagegapsize === undefined ? undefined : Number(said.imagegapsize) * 1024);
      expect(compressionLevel).toBe(said.compressionlevel === undefined ? undefined : Number(said.compressionlevel));
      expect(Object.keys(options).sort()).toEqual(
        Object.keys(said)
          .filter((name) => name === 'changetracking' || name === 'snapshotcachesize')
          .sort(),
      );
    }),
  );
});
