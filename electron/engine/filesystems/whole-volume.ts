/** Saying why a volume is imaged whole although something is known about what is on it. */
import type { FileSystemFacts } from '#contract';
import { byteWords } from '../base/byte-words.ts';
import { EngineError } from '../base/errors.ts';

/** Facts of a volume on which nothing is known that could be believed. */
export function rawFacts(sizeBytes: number): FileSystemFacts {
  return {
    type: 'raw',
    label: '',
    uuid: '',
    blockSizeBytes: 0,
    totalBytes: sizeBytes,
    usedBytes: sizeBytes,
    freeBytes: 0,
    features: [],
    state: 'clean',
  };
}

/** `FILESYSTEM_UNSUPPORTED` with its sentence: what is in use cannot be known here, so everything is read. */
export function mapIsAGuess(reason: string, features: string[] = []): EngineError {
  return new EngineError('FILESYSTEM_UNSUPPORTED', { reason, features });
}

/** `cause` (an English clause without a full stop) with what it costs. */
export function wholeBecause(cause: string, facts: FileSystemFacts, sizeBytes: number): string {
  return `${cause}: so the whole volume is read (${byteWords(sizeBytes)} instead of about ${byteWords(facts.usedBytes)}).`;
}

/** The sentence for features that the parser does not know; `undefined` where there are none. */
export function unknownFeatures(hiding: readonly string[]): string | undefined {
  if (hiding.length === 0) return undefined;
  return `The file system has features whose block usage is not known here: ${hiding.join(', ')}.`;
}

/** The sentence for a file system that claims more than the volume has; `undefined` where it fits. */
export function longerThanVolume(facts: FileSystemFacts, sizeBytes: number): string | undefined {
  if (facts.totalBytes <= sizeBytes) return undefined;
  return `The file system says it is ${byteWords(facts.totalBytes)} long, but the volume has only ${byteWords(sizeBytes)}.`;
}

/** The largest number of bits a feature word may have, for names of unknown ones. */
const WORD_BITS = 32;

/** Names of the bits that are set, unknown ones as `<prefix><bit>`, so that they can be told apart by the prefix. */
export function namesOfBits(word: number, names: Readonly<Record<number, string>>, prefix: string): string[] {
  const found: string[] = [];
  for (let bit = 0; bit < WORD_BITS; bit++) {
    if (((word >>> bit) & 1) === 1) found.push(names[bit] ?? `${prefix}${bit}`);
  }
  return found;
}
