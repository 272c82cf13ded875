/** The btrfs family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFacts } from '#contract';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { longerThanVolume, mapIsAGuess, unknownFeatures, wholeBecause } from '../whole-volume.ts';
import { isKnownChecksum } from './checksum.ts';
import { errorsAreNoted, featureNames, featuresThatHideBlocks, INCOMPAT, isSeed, strangeFlags } from './features.ts';
import type { Superblock } from './superblock.ts';
import { type ChosenSuperblock, chooseSuperblock } from './superblock-copies.ts';
import { usedBlocks } from './used-blocks.ts';

/**
 * The file system as it counts itself: `usedBytes` counts what exists twice (DUP) once, as `bytes_used` does. Of one
 * device among several only what is allocated on it is known.
 */
function factsOf(superblock: Superblock): FileSystemFacts {
  const { device, bytesUsed, numDevices, flags, logRoot } = superblock;
  const usedBytes = Math.min(numDevices > 1 ? device.bytesUsed : bytesUsed, device.totalBytes);
  return {
    type: 'btrfs',
    label: superblock.label,
    uuid: superblock.uuid,
    blockSizeBytes: superblock.sectorsize,
    totalBytes: device.totalBytes,
    usedBytes,
    freeBytes: device.totalBytes - usedBytes,
    features: featureNames(superblock.features),
    // Nothing but the log says that it was not unmounted: every commit leaves a consistent file system.
    state: errorsAreNoted(flags) ? 'errors' : logRoot !== undefined ? 'dirty' : 'clean',
  };
}

/** Why the trees alone are not a safe map, one English sentence; `undefined`: they are. */
function whyNoMap(facts: FileSystemFacts, superblock: Superblock, sizeBytes: number): string | undefined {
  const { features, flags, numDevices, device, csumType } = superblock;
  const impossible = unknownFeatures(featuresThatHideBlocks(features)) ?? longerThanVolume(facts, sizeBytes);
  if (impossible !== undefined) return impossible;
  const because = (cause: string): string => wholeBecause(cause, facts, sizeBytes);
  if (!isKnownChecksum(csumType)) return because(`The checksum type ${csumType} of the file system is not known here`);
  if ((features.incompat & INCOMPAT.mixedBackref) === 0n) {
    return because('The file system has the layout of before 2009 (no mixed_backref), which is not known here');
  }
  if (numDevices > 1) {
    return because(`The file system spans ${numDevices} devices, which must be imaged and restored together`);
  }
  if (device.devid === 0) return because('The volume is the target of a device replacement that was not finished');
  if (isSeed(flags)) return because('The file system is a seed that others may be built on');
  const strange = strangeFlags(flags);
  if (strange.length > 0) {
    return because(`The superblock is marked as in the middle of a change or unknown (${strange.join(', ')})`);
  }
  if (facts.state === 'errors') {
    return because('The file system is marked as having errors (run btrfs check), and its trees may be wrong');
  }
  return undefined;
}

function probeOf(source: ByteSource, chosen: ChosenSuperblock): Probe {
  const { superblock, doubt } = chosen;
  const facts = factsOf(superblock);
  const reason =
    whyNoMap(facts, superblock, source.sizeBytes) ??
    (doubt === undefined ? undefined : wholeBecause(doubt, facts, source.sizeBytes));
  const warnings = [...chosen.warnings];
  if (superblock.numDevices > 1) {
    warnings.push(
      `This volume is device ${superblock.device.devid} of ${superblock.numDevices} that are one btrfs file system ` +
        `(UUID ${superblock.uuid}): back all of them up, and restore all of them.`,
    );
  }
  return {
    facts,
    warnings,
    async usedExtents(signal, options) {
      if (reason !== undefined) throw mapIsAGuess(reason, featuresThatHideBlocks(superblock.features));
      const { extents, repaired } = await usedBlocks(source, superblock, signal, options);
      for (const sentence of repaired) if (!warnings.includes(sentence)) warnings.push(sentence);
      return extents;
    },
  };
}

/**
 * btrfs. A first superblock that is damaged gives way to a copy of the same file system. `usedExtents` adds to the
 * probe's `warnings` where it found one copy of a tree block bad and used another.
 */
export const btrfs: FileSystemFamily = {
  name: 'btrfs',
  async probe(source, signal) {
    const chosen = await chooseSuperblock(source, signal);
    return chosen && probeOf(source, chosen);
  },
};
