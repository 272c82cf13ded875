/** What thin_delta(8) prints, read strictly and piece by piece: what differs between two thin volumes of a pool. */
import { ExtentBuilder, type Extents } from '../../base/extents.ts';

const SECTOR_BYTES = 512;
/** A tag is far shorter. */
const MOST_TAG_CHARACTERS = 4096;
/** Ranges that are worth keeping in memory; a volume with more is read as a whole. */
const MOST_RANGES = 4_000_000;

/** The output is not what thin_delta prints, or contradicts itself. */
export class DeltaRefused extends Error {
  override readonly name = 'DeltaRefused';
}

/** What the two volumes are known to be. */
export interface DeltaExpectation {
  left: number;
  right: number;
  /** Chunk size of the pool, bytes. */
  chunkBytes: number;
  /** Size of both volumes, bytes. */
  sizeBytes: number;
  /** Bytes that the right one maps, as the kernel says. */
  mappedBytes: number;
}

type Kind = 'same' | 'different' | 'left_only' | 'right_only';

function isKind(name: string): name is Kind {
  return name === 'same' || name === 'different' || name === 'left_only' || name === 'right_only';
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const rest = text.replace(/\s*([a-z_0-9]+)="([^"<>]*)"/g, (_, name: string, value: string) => {
    if (found.has(name)) throw new DeltaRefused(`${name} stands twice in ${text}`);
    found.set(name, value);
    return '';
  });
  if (rest.trim() !== '') throw new DeltaRefused(`${text} cannot be understood`);
  return found;
}

function count(attributes: Map<string, string>, name: string): number {
  const text = attributes.get(name) ?? '';
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new DeltaRefused(`${name} is “${text}”`);
  return value;
}

/** Feed it the output, then ask for the ranges. Everything throws `DeltaRefused`. */
export class DeltaReader {
  readonly #expected: DeltaExpectation;
  readonly #changed = new ExtentBuilder();
  #text = '';
  #stage: 'start' | 'superblock' | 'diff' | 'diff ended' | 'ended' = 'start';
  #ranges = 0;
  /** First block after the last range. */
  #end = 0;
  /** Blocks that the right one maps. */
  #mapped = 0;

  constructor(expected: DeltaExpectation) {
    this.#expected = expected;
  }

  take(more: string): void {
    this.#text += more;
    let at = 0;
    for (let end = this.#text.indexOf('>'); end >= 0; end = this.#text.indexOf('>', at)) {
      const piece = this.#text.slice(at, end + 1);
      const tag = /^\s*<(\/?)([a-z_]+)((?:\s[^<>]*?)?)(\/?)>$/.exec(piece);
      if (tag === null) throw new DeltaRefused(`${piece.trim()} is no tag`);
      this.#tag(tag[1] === '/', tag[2] ?? '', tag[3] ?? '', tag[4] === '/');
      at = end + 1;
    }
    this.#text = this.#text.slice(at);
    if (this.#text.length > MOST_TAG_CHARACTERS) throw new DeltaRefused('a tag is too long');
  }

  /** Sorted, disjoint, within the volume: all that may differ. */
  end(): Extents {
    if (this.#stage !== 'ended' || this.#text.trim() !== '') throw new DeltaRefused('the output is not complete');
    const { chunkBytes, mappedBytes } = this.#expected;
    if (this.#mapped * chunkBytes !== mappedBytes) {
      throw new DeltaRefused(`it tells of ${this.#mapped * chunkBytes} bytes, and the volume maps ${mappedBytes}`);
    }
    return this.#changed.build();
  }

  #tag(closes: boolean, name: string, rest: string, empty: boolean): void {
    const opens = !closes && !empty;
    if (this.#stage === 'start' && opens && name === 'superblock') this.#superblock(rest);
    else if (this.#stage === 'superblock' && opens && name === 'diff') this.#diff(rest);
    // Two volumes without a single block.
    else if (this.#stage === 'superblock' && empty && name === 'diff') this.#diff(rest, 'diff ended');
    else if (this.#stage === 'diff' && empty && isKind(name)) this.#range(name, rest);
    else if (this.#stage === 'diff' && closes && name === 'diff') this.#stage = 'diff ended';
    else if (this.#stage === 'diff ended' && closes && name === 'superblock') this.#stage = 'ended';
    else throw new DeltaRefused(`${closes ? '/' : ''}${name} comes where it should not`);
  }

  #superblock(rest: string): void {
    const sectors = count(attributesOf(rest), 'data_block_size');
    if (sectors * SECTOR_BYTES !== this.#expected.chunkBytes) throw new DeltaRefused(`blocks have ${sectors} sectors`);
    this.#stage = 'superblock';
  }

  #diff(rest: string, then: 'diff' | 'diff ended' = 'diff'): void {
    const attributes = attributesOf(rest);
    const { left, right } = this.#expected;
    if (count(attributes, 'left') !== left || count(attributes, 'right') !== right) {
      throw new DeltaRefused('it compares other volumes');
    }
    this.#stage = then;
  }

  #range(kind: Kind, rest: string): void {
    const attributes = attributesOf(rest);
    const begin = count(attributes, 'begin');
    const length = count(attributes, 'length');
    if (begin < this.#end || length === 0) throw new DeltaRefused(`a range begins at ${begin} before ${this.#end}`);
    this.#end = begin + length;
    if (kind !== 'left_only') this.#mapped += length;
    if (kind === 'same') return;
    if (++this.#ranges > MOST_RANGES) throw new DeltaRefused('there are too many ranges');
    const { chunkBytes, sizeBytes } = this.#expected;
    // The last block of a volume may reach over its end, and thin_delta was seen to run on.
    const offset = Math.min(sizeBytes, begin * chunkBytes);
    this.#changed.add(offset, Math.min(sizeBytes, this.#end * chunkBytes) - offset);
  }
}
