/** The NTFS family: what it is, whether its map can be trusted, and the map. */
import type { FileSystemFacts } from '#contract';
import type { EngineError } from '../../base/errors.ts';
import type { ByteSource, FileSystemFamily, Probe } from '../types.ts';
import { longerThanVolume, mapIsAGuess, wholeBecause } from '../whole-volume.ts';
import { findGeometry, type Geometry } from './boot-sector.ts';
import { countUsed, openBitmap } from './cluster-bitmap.ts';
import type { DataStream } from './data-stream.ts';
import { whyHibernated } from './hibernation.ts';
import { readLogFile } from './log-file.ts';
import { isDamage, Mft } from './mft.ts';
import { whyFilesAreUnmarked } from './mft-walk.ts';
import { aboutShadowCopies } from './shadow-copies.ts';
import { usedClusters } from './used-clusters.ts';
import { readVolumeInformation, type VolumeInformation, whyDirty, whyUnknown } from './volume-information.ts';

/** What is known after the boot sector. Each is absent where a damaged structure hides it. */
interface Survey {
  information?: VolumeInformation;
  mft?: Mft;
  log?: DataStream;
  /** The journal says nothing. */
  journalEmptied?: boolean;
  bitmap?: DataStream;
  /** What is to be said of shadow copies where only the used clusters are imaged. */
  shadowCopies?: string | undefined;
  usedClusters?: number;
  /** Why the bitmap may be behind, English clauses. */
  doubts: string[];
  /** The first damage. The map is refused for it, but the rest of the facts is still worth showing. */
  damage?: EngineError;
}

/** Looks at everything that the facts need; damage is noted. Throws where reading cannot go on. */
async function surveyOf(
  source: ByteSource,
  geometry: Geometry,
  warnings: string[],
  signal: AbortSignal | undefined,
): Promise<Survey> {
  const survey: Survey = { doubts: [] };
  const noting = async (step: () => Promise<void>): Promise<boolean> => {
    try {
      await step();
      return true;
    } catch (error) {
      if (!isDamage(error)) throw error;
      survey.damage ??= error;
      return false;
    }
  };
  const doubt = (clause: string | undefined) => {
    if (clause !== undefined) survey.doubts.push(clause);
  };

  const mft = new Mft(source, geometry, warnings);
  const found = await noting(async () => {
    await mft.open(signal);
    survey.mft = mft;
  });
  if (!found) return survey;
  await noting(async () => {
    survey.information = await readVolumeInformation(mft, signal);
    doubt(whyDirty(survey.information));
  });
  await noting(async () => {
    const { log, unclean, emptied } = await readLogFile(mft, signal);
    survey.log = log;
    survey.journalEmptied = emptied;
    doubt(unclean);
  });
  await noting(async () => doubt(await whyHibernated(mft, geometry, signal)));
  await noting(async () => {
    survey.shadowCopies = await aboutShadowCopies(source, signal);
  });
  await noting(async () => {
    const { clusterCount } = geometry;
    survey.bitmap = await openBitmap(mft, clusterCount, signal);
    // Bounded by the volume's size, not by what the boot sector claims.
    if (geometry.totalBytes <= source.sizeBytes) {
      survey.usedClusters = await countUsed(survey.bitmap, clusterCount, signal);
    }
  });
  return survey;
}

/** Where the bitmap could not be read, everything counts as used. */
function factsOf(geometry: Geometry, survey: Survey): FileSystemFacts {
  const { clusterBytes, clusterCount, totalBytes, serial } = geometry;
  const used = survey.usedClusters ?? clusterCount;
  return {
    type: 'ntfs',
    ...(survey.information ? { version: survey.information.version } : {}),
    label: survey.information?.label ?? '',
    uuid: serial,
    blockSizeBytes: clusterBytes,
    totalBytes,
    usedBytes: used * clusterBytes,
    freeBytes: (clusterCount - used) * clusterBytes,
    features: survey.information?.flags ?? [],
    state: survey.damage ? 'errors' : survey.doubts.length > 0 ? 'dirty' : 'clean',
  };
}

/** Why no map can be made, whoever asks, an English sentence; `undefined`: it can. */
function whyImpossible(survey: Survey, facts: FileSystemFacts, sizeBytes: number): string | undefined {
  return longerThanVolume(facts, sizeBytes) ?? (survey.information && whyUnknown(survey.information));
}

/**
 * NTFS 1.2, 3.0 and 3.1. What Windows shares with it or wraps around it (exFAT, ReFS, BitLocker) carries other names.
 * `facts.usedBytes` is an estimate for volumes of very many clusters until the map was read.
 */
export const ntfs: FileSystemFamily = {
  name: 'ntfs',
  async probe(source, signal): Promise<Probe | undefined> {
    const warnings: string[] = [];
    const geometry = await findGeometry(source, warnings, signal);
    if (geometry === undefined) return undefined;
    const survey = await surveyOf(source, geometry, warnings, signal);
    const facts = factsOf(geometry, survey);
    return {
      facts,
      warnings,
      async usedExtents(signal, options) {
        const { mft, log, bitmap, damage, doubts } = survey;
        const impossible = whyImpossible(survey, facts, source.sizeBytes);
        if (impossible !== undefined) throw mapIsAGuess(impossible, facts.features);
        if (doubts.length > 0 && options?.estimate !== true) {
          const cause = `The cluster bitmap may be older than the files on the volume: ${doubts.join('; ')}`;
          throw mapIsAGuess(wholeBecause(cause, facts, source.sizeBytes), facts.features);
        }
        if (damage !== undefined) throw damage;
        if (mft === undefined || log === undefined || bitmap === undefined) {
          throw mapIsAGuess('The file system could not be understood.');
        }
        const isWalked = survey.journalEmptied === true && options?.estimate !== true;
        const parts = { geometry, bitmap, streams: [mft.data, log] };
        const map = await usedClusters(source, parts, signal, options);
        if (isWalked) {
          const unmarked = await whyFilesAreUnmarked(mft, bitmap, geometry, signal);
          if (unmarked !== undefined) {
            const cause = `The journal ($LogFile) is empty, and ${unmarked}, as in a copy of a volume in use (run chkdsk /f)`;
            throw mapIsAGuess(wholeBecause(cause, facts, source.sizeBytes), facts.features);
          }
        }
        const { shadowCopies } = survey;
        if (shadowCopies !== undefined && !warnings.includes(shadowCopies)) warnings.push(shadowCopies);
        facts.usedBytes = map.usedClusters * geometry.clusterBytes;
        facts.freeBytes = (geometry.clusterCount - map.usedClusters) * geometry.clusterBytes;
        return map.extents;
      },
    };
  },
};
