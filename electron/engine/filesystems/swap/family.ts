/**
 * Swap areas. Nothing in one outlives a restart, so that only its header is imaged; that makes a header which is
 * taken for a swap area wrongly cost everything else on the volume. So it must be alone in its page, describe the whole
 * volume, and be all that anybody finds there, copies of an earlier file system's structures included.
 */
import type { FileSystemFacts } from '#contract';
import { byteWords } from '../../base/byte-words.ts';
import { fileSystemDamaged } from '../damage.ts';
import { endsWithPartitionTable } from '../partition-marks.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { longerThanVolume, mapIsAGuess, rawFacts } from '../whole-volume.ts';
import { readSwapHeader, type SwapHeader } from './header.ts';
import { findRemains } from './remains.ts';

const BAD_PAGES_AT = 1536;

function wholeProbe(facts: FileSystemFacts, cause: string): Probe {
  return {
    facts,
    warnings: [],
    async usedExtents() {
      throw mapIsAGuess(`${cause}: so the whole volume is read (${byteWords(facts.totalBytes)}).`);
    },
  };
}

function factsOf(header: SwapHeader): FileSystemFacts {
  const { pageBytes, pages, label, uuid } = header;
  return {
    type: 'swap',
    version: '1',
    label,
    uuid,
    blockSizeBytes: pageBytes,
    totalBytes: pages * pageBytes,
    usedBytes: pageBytes,
    freeBytes: (pages - 1) * pageBytes,
    features: [],
    state: 'clean',
  };
}

/** Why there may be more on the volume than a swap area, one English sentence; `undefined`: there is not. */
async function whyNotHeaderOnly(
  source: ByteSource,
  header: SwapHeader,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const facts = factsOf(header);
  const { sizeBytes } = source;
  const whole = `so the whole volume is read (${byteWords(sizeBytes)}). Run mkswap again if it is a swap area and nothing else.`;
  const longer = longerThanVolume(facts, sizeBytes);
  if (longer !== undefined) return longer;
  if (sizeBytes - facts.totalBytes >= header.pageBytes) {
    return `The swap area ends at byte ${facts.totalBytes}, and what lies behind it may be somebody's: ${whole}`;
  }
  if (!header.isPlain) {
    return `The first page holds more than the header of a swap area (a boot loader, a partition table, the start of another content): ${whole}`;
  }
  if (await endsWithPartitionTable(source, signal)) {
    return `The volume ends with the copy of a partition table, so that it may have partitions besides the swap area: ${whole}`;
  }
  return undefined;
}

/** The sentence for an area behind whose header there is something of a file system. */
function whyRemains({ name, offsetBytes }: { name: string; offsetBytes: number }, sizeBytes: number): string {
  return (
    `Behind the header of this swap area a file system was found (${name}, by its copy at byte ${offsetBytes}), on ` +
    `which mkswap may have been run by mistake: so the whole volume is read (${byteWords(sizeBytes)}). If it is swap and ` +
    'nothing else, clear it once (swapoff, blkdiscard or dd if=/dev/zero, mkswap).'
  );
}

async function probeOf(source: ByteSource, header: SwapHeader, signal: AbortSignal | undefined): Promise<Probe> {
  const reason = await whyNotHeaderOnly(source, header, signal);
  const warnings: string[] = [];
  if (header.badPages.length > 0) warnings.push(`The swap area lists ${header.badPages.length} bad pages.`);
  return {
    facts: factsOf(header),
    warnings,
    async usedExtents(signal) {
      if (reason !== undefined) throw mapIsAGuess(reason);
      const remains = await findRemains(source, signal);
      if (remains !== undefined) throw mapIsAGuess(whyRemains(remains, source.sizeBytes));
      if (!header.badPagesMakeSense) {
        throw fileSystemDamaged(
          'swap header',
          BAD_PAGES_AT,
          'The list of bad pages is impossible. Run mkswap -c again.',
        );
      }
      return Float64Array.of(0, header.pageBytes);
    },
  };
}

/** Swap areas, and the memory of a hibernated system in one. Must be asked after everybody else. */
export const swap: FileSystemFamily = {
  name: 'swap',
  async probe(source, signal) {
    const reading = await readSwapHeader(source, signal);
    const { sizeBytes } = source;
    switch (reading.kind) {
      case 'foreign':
        return undefined;
      case 'version0':
        return wholeProbe(
          { ...rawFacts(sizeBytes), type: 'swap', version: '0' },
          'Swap areas of version 0 do not say how long they are',
        );
      case 'suspended':
        return wholeProbe(
          {
            ...rawFacts(sizeBytes),
            type: 'swsuspend',
            version: reading.version,
            label: reading.label,
            uuid: reading.uuid,
          },
          'This swap area holds the memory of a hibernated system, which continues from it and changes its file ' +
            'systems when it wakes up (wake it up and shut it down before volumes of it are backed up or restored)',
        );
      case 'swap':
        return await probeOf(source, reading.header, signal);
    }
  },
};
