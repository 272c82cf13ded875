/** Every file system family, one row each. */
import { EngineError } from '../base/errors.ts';
import { btrfs } from './btrfs/family.ts';
import { FIRST_SUPERBLOCK_OFFSET as FIRST_BTRFS_SUPERBLOCK } from './btrfs/superblock.ts';
import { cachedSource } from './cached-source.ts';
import { exfat } from './exfat/family.ts';
import { ext } from './ext/family.ts';
import { rescueExt } from './ext/rescue.ts';
import { FIRST_SUPERBLOCK_OFFSET as FIRST_EXT_SUPERBLOCK } from './ext/superblock.ts';
import { fat } from './fat/family.ts';
import { isStartExplained } from './leading-bytes.ts';
import { ntfs } from './ntfs/family.ts';
import { isPartitioned } from './partition-marks.ts';
import { recognisedContainers, recognisedFileSystems, recognisedLast } from './recognise.ts';
import type { ByteSource, FileSystemFamily, Probe } from './types.ts';
import { mapIsAGuess, rawFacts } from './whole-volume.ts';
import { xfs } from './xfs/family.ts';

/** Containers: what lies inside may look like a file system of its own, so they are asked first. */
const CONTAINERS: readonly FileSystemFamily[] = [recognisedContainers];

/** A parsed family, and what mends its file systems. */
interface Row {
  family: FileSystemFamily;
  repair: string;
  /** Where its superblock is, bytes; absent: in the first sector, so that nothing can lie before it. */
  superblockOffset?: number;
}

/** File systems whose used blocks are known. All are asked: a volume that two of them know is read whole. */
const PARSED: readonly Row[] = [
  { family: xfs, repair: 'xfs_repair' },
  { family: btrfs, repair: 'btrfs check', superblockOffset: FIRST_BTRFS_SUPERBLOCK },
  { family: ntfs, repair: 'chkdsk /f in Windows' },
  { family: exfat, repair: 'fsck.exfat' },
  { family: fat, repair: 'fsck.fat' },
  { family: ext, repair: 'e2fsck -f', superblockOffset: FIRST_EXT_SUPERBLOCK },
];

/** Asked where nobody else knows the volume: what other tools' mkfs leaves behind. */
const LAST: readonly FileSystemFamily[] = recognisedLast;

/** Asked only when no family knows the volume: they trust copies of structures that others may have left behind. */
const RESCUERS: readonly FileSystemFamily['probe'][] = [rescueExt];

export interface ProbeOptions {
  /** For lists: do not search a volume without known content for copies of structures, which takes many seeks. */
  cheap?: boolean | undefined;
}

async function firstOf(
  families: readonly FileSystemFamily[],
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<Probe | undefined> {
  for (const family of families) {
    const probe = await family.probe(source, signal);
    if (probe !== undefined) return probe;
  }
  return undefined;
}

/** Two file systems' traces on one volume: the older may be a leftover, but nobody can say which that is. */
function ambiguous(names: readonly string[], sizeBytes: number): Probe {
  const reason =
    `The volume carries the marks of more than one content (${names.join(', ')}), so the whole volume is read. ` +
    'wipefs shows them.';
  return {
    facts: rawFacts(sizeBytes),
    warnings: [],
    async usedExtents() {
      throw mapIsAGuess(reason);
    },
  };
}

/** Adds to an error about a damaged file system what the person can do; other errors stay as they are. */
function withRemedy(error: unknown, { family, repair }: Row): unknown {
  if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') return error;
  const remedy = `Repair it with ${repair} while it is not in use, or image the whole volume (option allowraw).`;
  return new EngineError(error.code, { fileSystem: family.name, remedy, ...error.details }, { cause: error });
}

function advised(probe: Probe, row: Row): Probe {
  return {
    ...probe,
    usedExtents: (signal, options) =>
      probe.usedExtents(signal, options).catch((error: unknown) => {
        throw withRemedy(error, row);
      }),
  };
}

/** The file system may be a leftover; `why` is an English clause. */
function doubted(probe: Probe, why: string): Probe {
  return {
    ...probe,
    async usedExtents() {
      throw mapIsAGuess(`${why}, so the whole volume is read. wipefs shows what is known.`);
    },
  };
}

/** What else is on the volume of the only file system that was found, with why that is doubted, English clauses. */
async function besides(
  source: ByteSource,
  type: string,
  { superblockOffset }: Row,
  signal: AbortSignal | undefined,
): Promise<{ name: string; why: string } | undefined> {
  if (await isPartitioned(source, signal)) {
    const why = `The volume holds a partition table as well as ${type}, and either may be a leftover`;
    return { name: 'a partition table', why };
  }
  if (superblockOffset !== undefined && !(await isStartExplained(source, superblockOffset, signal))) {
    const why = `The volume begins with something else than ${type}, which may be a leftover beneath a newer content`;
    return { name: 'something unknown before it', why };
  }
  return undefined;
}

/** Asks every family, parsed or known by name only. One that finds its own damaged counts as knowing the volume. */
async function parsed(source: ByteSource, signal: AbortSignal | undefined): Promise<Probe | undefined> {
  const found: { row?: Row; name: string; probe?: Probe }[] = [];
  let damage: unknown;
  for (const row of PARSED) {
    try {
      const probe = await row.family.probe(source, signal);
      if (probe !== undefined) found.push({ row, name: probe.facts.type, probe: advised(probe, row) });
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'FILESYSTEM_DAMAGED') throw error;
      damage ??= withRemedy(error, row);
      found.push({ row, name: row.family.name });
    }
  }
  const named = await recognisedFileSystems.probe(source, signal);
  if (named !== undefined) found.push({ name: named.facts.type, probe: named });
  const [only, another] = found;
  if (only === undefined) return undefined;
  if (another !== undefined)
    return ambiguous(
      found.map(({ name }) => name),
      source.sizeBytes,
    );
  const other = only.row && (await besides(source, only.name, only.row, signal));
  if (other !== undefined) {
    return only.probe ? doubted(only.probe, other.why) : ambiguous([only.name, other.name], source.sizeBytes);
  }
  if (damage !== undefined) throw damage;
  return only.probe;
}

/**
 * What is on the volume; `undefined`: nothing known. Throws `FILESYSTEM_DAMAGED` where there once was something known,
 * or where the start of the volume cannot be read; `VOLUME_VANISHED`; `CANCELLED`.
 */
export async function probeFileSystem(
  source: ByteSource,
  signal?: AbortSignal,
  options: ProbeOptions = {},
): Promise<Probe | undefined> {
  const cached = cachedSource(source);
  const found =
    (await firstOf(CONTAINERS, cached, signal)) ??
    (await parsed(cached, signal)) ??
    (await firstOf(LAST, cached, signal));
  if (found !== undefined || options.cheap === true) return found;
  for (const rescue of RESCUERS) {
    const probe = await rescue(cached, signal);
    if (probe !== undefined) return probe;
  }
  return undefined;
}
