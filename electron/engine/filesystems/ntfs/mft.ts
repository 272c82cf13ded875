/** The master file table: finds records, follows attribute lists, and opens what attributes hold. */
import { EngineError } from '../../base/errors.ts';
import { fileSystemDamaged, readStructure } from '../damage.ts';
import type { ByteSource } from '../types.ts';
import { LARGEST_LIST_BYTES, readAttributeList } from './attribute-list.ts';
import { ATTRIBUTE, type Attribute, IS_SPARSE, type NonResidentAttribute } from './attributes.ts';
import type { Geometry } from './boot-sector.ts';
import { ClusterStream, type DataStream, residentStream } from './data-stream.ts';
import { type FileRecord, RECORD, readFileRecord, recordName } from './file-record.ts';
import { decodeMappingPairs, HOLE, overlapOf, RunMap } from './run-map.ts';

/** Records that `$MFTMirr` has copies of. */
export const MIRRORED_RECORDS = 4;

/** More than NTFS can give a file (about 1.5 million); keeps a made-up list from filling the memory. */
const MOST_RUNS = 2_000_000;

/** A record of a mounted file system can be caught in the middle of being written. */
const ATTEMPTS = 3;

/** An attribute, or a piece of one, with the record that it stands in. */
interface Piece {
  attribute: Attribute;
  record: FileRecord;
}

/** How an attribute may look. */
interface StreamOptions {
  /** For messages: `$Bitmap`. */
  structure: string;
  /** Runs may be missing and the attribute may be marked as sparse: a person's file. */
  sparse?: boolean;
}

/**
 * To be opened before anything else is asked. Every method throws `FILESYSTEM_DAMAGED`, or what says that reading
 * cannot go on at all.
 */
export class Mft {
  readonly #source: ByteSource;
  readonly #geometry: Geometry;
  readonly #warnings: string[];
  readonly #map = new RunMap();
  #data: DataStream;
  #extensionBytes = 0;

  constructor(source: ByteSource, geometry: Geometry, warnings: string[]) {
    this.#source = source;
    this.#geometry = geometry;
    this.#warnings = warnings;
    this.#data = residentStream('$MFT', Buffer.alloc(0), geometry.mftLcn * geometry.clusterBytes);
  }

  /** The table itself. */
  get data(): DataStream {
    return this.#data;
  }

  /** Finds the whole table, beginning with the first record, whose place the boot sector knows. */
  async open(signal: AbortSignal | undefined): Promise<void> {
    const { clusterBytes, mftLcn, mftRecordBytes } = this.#geometry;
    const place = mftLcn * clusterBytes;
    const first = await this.#recordOrCopy(RECORD.mft, place, signal, () =>
      readStructure(this.#source, recordName(RECORD.mft), place, mftRecordBytes, signal),
    );
    const start = first.attributes.find((attribute) => attribute.type === ATTRIBUTE.data && attribute.name === '');
    if (start === undefined || start.resident || start.lowestVcn !== 0) {
      throw damagedRecord(first, 'it does not say where the table begins');
    }
    // The records that hold later pieces lie in earlier ones, so the table is usable as soon as it has a piece.
    this.#data = this.#clusterStream(this.#map, start, first, '$MFT');
    this.#append(this.#map, { attribute: start, record: first }, { structure: '$MFT' });
    for await (const piece of this.#pieces(first, ATTRIBUTE.data, '', signal)) {
      if (piece.attribute !== start) this.#append(this.#map, piece, { structure: '$MFT' });
    }
    this.#expectComplete(this.#map, start, first);
    if (this.#map.runs[0]?.lcn !== mftLcn) {
      throw damagedRecord(first, 'the table begins at another place than the boot sector says');
    }
  }

  /** A file's first record. The first four are read from the mirror, with a warning, where they are damaged. */
  async file(number: number, signal: AbortSignal | undefined): Promise<FileRecord> {
    const record = await this.#record(number, signal);
    if (record.baseRecord !== 0) throw damagedRecord(record, 'it belongs to another file');
    return record;
  }

  /** The value of a resident attribute; `undefined`: there is no such attribute. */
  async value(file: FileRecord, type: number, name: string, signal?: AbortSignal): Promise<Buffer | undefined> {
    for await (const { attribute, record } of this.#pieces(file, type, name, signal)) {
      if (!attribute.resident) throw damagedRecord(record, 'an attribute that must stand in the record does not');
      return attribute.value;
    }
    return undefined;
  }

  /** Opens what an attribute holds; `undefined`: there is no such attribute. */
  async stream(
    file: FileRecord,
    type: number,
    name: string,
    options: StreamOptions,
    signal: AbortSignal | undefined,
  ): Promise<DataStream | undefined> {
    const map = new RunMap();
    let first: NonResidentAttribute | undefined;
    for await (const piece of this.#pieces(file, type, name, signal)) {
      const { attribute, record } = piece;
      if (first === undefined && attribute.resident) {
        refuseFlags(attribute, record, options);
        return residentStream(options.structure, attribute.value, record.offsetBytes);
      }
      this.#append(map, piece, options);
      if (!attribute.resident) first ??= attribute;
    }
    if (first === undefined) return undefined;
    this.#expectComplete(map, first, file);
    return this.#clusterStream(map, first, file, options.structure);
  }

  #clusterStream(map: RunMap, attribute: NonResidentAttribute, record: FileRecord, structure: string): DataStream {
    return new ClusterStream(this.#source, map, {
      structure,
      dataBytes: attribute.dataBytes,
      initializedBytes: attribute.initializedBytes,
      clusterBytes: this.#geometry.clusterBytes,
      recordOffsetBytes: record.offsetBytes,
    });
  }

  /** Adds the runs of a piece, which must follow the last one's. */
  #append(map: RunMap, { attribute, record }: Piece, options: StreamOptions): void {
    refuseFlags(attribute, record, options);
    if (attribute.resident) throw damagedRecord(record, 'an attribute stands in the record and elsewhere');
    const runs = decodeMappingPairs(attribute.mappingPairs, attribute.lowestVcn, this.#geometry.clusterCount);
    if (typeof runs === 'string') throw damagedRecord(record, runs);
    // Only a first piece may be empty: a list could name an empty one again and again.
    if (attribute.lowestVcn !== map.clusters || (runs.length === 0 && map.clusters > 0)) {
      throw damagedRecord(record, 'the pieces of an attribute do not follow each other');
    }
    if (options.sparse !== true && runs.some((run) => run.lcn === HOLE)) {
      throw damagedRecord(record, `${options.structure} has holes`);
    }
    if (map.runs.length + runs.length > MOST_RUNS) throw damagedRecord(record, 'an attribute has too many runs');
    map.append(runs);
    // Some writers leave the last cluster's field of an empty or single run at zero.
    if (attribute.highestVcn > 0 && attribute.highestVcn !== map.clusters - 1) {
      throw damagedRecord(record, 'an attribute has another number of clusters than its runs');
    }
  }

  #expectComplete(map: RunMap, first: NonResidentAttribute, record: FileRecord): void {
    const { allocatedBytes, dataBytes, initializedBytes } = first;
    if (first.lowestVcn !== 0 || map.clusters * this.#geometry.clusterBytes !== allocatedBytes) {
      throw damagedRecord(record, 'the runs of an attribute are not as long as it says');
    }
    if (dataBytes > allocatedBytes || initializedBytes > dataBytes) {
      throw damagedRecord(record, 'the sizes of an attribute are impossible');
    }
    if (overlapOf(map.runs) !== undefined) throw damagedRecord(record, 'the runs of an attribute overlap');
  }

  /** The attribute, or its pieces in order, through the attribute list where the file has one. */
  async *#pieces(
    file: FileRecord,
    type: number,
    name: string,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Piece, void> {
    const matches = (attribute: { type: number; name: string }) => attribute.type === type && attribute.name === name;
    const list = file.attributes.find((attribute) => attribute.type === ATTRIBUTE.attributeList);
    if (list === undefined) {
      for (const attribute of file.attributes) if (matches(attribute)) yield { attribute, record: file };
      return;
    }
    const entries = readAttributeList(await this.#listBytes(list, file, signal));
    if (typeof entries === 'string') throw damagedRecord(file, entries);
    for (const entry of entries.filter(matches)) {
      const record = entry.record === file.number ? file : await this.#extension(file, entry, signal);
      const attribute = record.attributes.find(
        (candidate) =>
          matches(candidate) &&
          candidate.instance === entry.instance &&
          (candidate.resident ? 0 : candidate.lowestVcn) === entry.lowestVcn,
      );
      if (attribute === undefined) throw damagedRecord(record, 'it lacks an attribute that the attribute list names');
      yield { attribute, record };
    }
  }

  async #listBytes(list: Attribute, file: FileRecord, signal: AbortSignal | undefined): Promise<Buffer> {
    if (list.resident) return list.value;
    if (list.dataBytes > LARGEST_LIST_BYTES) throw damagedRecord(file, 'its attribute list is too long');
    const structure = `attribute list of ${file.structure}`;
    const map = new RunMap();
    this.#append(map, { attribute: list, record: file }, { structure });
    this.#expectComplete(map, list, file);
    return await this.#clusterStream(map, list, file, structure).read(0, list.dataBytes, signal);
  }

  async #extension(
    file: FileRecord,
    entry: { record: number; sequence: number },
    signal: AbortSignal | undefined,
  ): Promise<FileRecord> {
    // Lists may name the same records again and again, but not more of them than fit on the volume.
    this.#extensionBytes += this.#geometry.mftRecordBytes;
    if (this.#extensionBytes > this.#source.sizeBytes) throw damagedRecord(file, 'its attribute list is too long');
    const record = await this.#record(entry.record, signal);
    if (record.baseRecord !== file.number || record.sequence !== entry.sequence) {
      throw damagedRecord(record, `it is no extension of ${file.structure}`);
    }
    return record;
  }

  async #record(number: number, signal: AbortSignal | undefined): Promise<FileRecord> {
    const { mftRecordBytes } = this.#geometry;
    const at = number * mftRecordBytes;
    if (at + mftRecordBytes > Math.min(this.#data.dataBytes, this.#data.initializedBytes)) {
      throw fileSystemDamaged(recordName(number), this.#data.placeOf(0), `${recordName(number)} lies outside $MFT.`);
    }
    const place = this.#data.placeOf(at);
    const read = () => this.#data.read(at, mftRecordBytes, signal);
    if (number < MIRRORED_RECORDS) return await this.#recordOrCopy(number, place, signal, read);
    return await this.#readRecord(number, place, read);
  }

  async #recordOrCopy(
    number: number,
    offsetBytes: number,
    signal: AbortSignal | undefined,
    read: () => Promise<Buffer>,
  ): Promise<FileRecord> {
    const { mftMirrorLcn, mftRecordBytes, clusterBytes } = this.#geometry;
    try {
      return await this.#readRecord(number, offsetBytes, read);
    } catch (error) {
      if (!isDamage(error)) throw error;
      const copyAt = mftMirrorLcn * clusterBytes + number * mftRecordBytes;
      const name = `copy of ${recordName(number)}`;
      const readCopy = () => readStructure(this.#source, name, copyAt, mftRecordBytes, signal);
      const copy = await this.#readRecord(number, copyAt, readCopy).catch((second: unknown) => {
        throw isDamage(second) ? error : second;
      });
      const warning = `${String(error.details.reason)} Its copy in $MFTMirr at byte ${copyAt} was used.`;
      if (!this.#warnings.includes(warning)) this.#warnings.push(warning);
      return { ...copy, isCopy: true };
    }
  }

  async #readRecord(number: number, offsetBytes: number, read: () => Promise<Buffer>): Promise<FileRecord> {
    let record: FileRecord | string = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) this.#source.forget?.();
      record = readFileRecord(await read(), number, offsetBytes);
      if (typeof record !== 'string') return record;
    }
    throw damagedRecord({ structure: recordName(number), offsetBytes }, String(record));
  }
}

/** Whether this is about the file system and not about the device or the caller. */
export function isDamage(error: unknown): error is EngineError {
  return error instanceof EngineError && error.code === 'FILESYSTEM_DAMAGED';
}

function refuseFlags(attribute: Attribute, record: FileRecord, options: StreamOptions): void {
  const allowed = options.sparse === true ? IS_SPARSE : 0;
  if ((attribute.flags & ~allowed) !== 0) {
    throw damagedRecord(record, `${options.structure} is marked as compressed, encrypted or sparse`);
  }
}

/** `FILESYSTEM_DAMAGED` about a record; `what` is a clause. */
export function damagedRecord(record: { structure: string; offsetBytes: number }, what: string): EngineError {
  return fileSystemDamaged(record.structure, record.offsetBytes, `The ${record.structure} is damaged: ${what}.`);
}
