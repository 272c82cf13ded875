/** Snapshot files (doc/design.rst, "Snapshots"). */
import { EngineError, throwIfCancelled } from '../base/errors.ts';
import { damaged, type FileReference, fileReference, isDamaged, isMissing } from './damage.ts';
import { isId } from './file-layout.ts';
import { goString, goTime } from './go-json.ts';
import type { Session } from './session.ts';
import type { Id, Snapshot } from './types.ts';
import { loadUnpacked, parseJsonObject, saveUnpacked } from './unpacked.ts';

/** restic's field order. */
const FIELDS = [
  ...['time', 'parent', 'tree', 'paths', 'hostname', 'username', 'uid', 'gid', 'excludes', 'tags', 'original'],
  'program_version',
];
/** Snapshots that are loaded at the same time. */
const CONCURRENCY = 8;

/** A snapshot's JSON: known fields in restic's order without empty ones, then those that we do not know. */
export function encodeSnapshot(snapshot: Snapshot): Buffer {
  const values = new Map<string, unknown>(Object.entries({ ...snapshot, time: goTime(snapshot.time) }));
  const keys = [...FIELDS, ...[...values.keys()].filter((key) => !FIELDS.includes(key))];
  const members: string[] = [];
  for (const key of keys) {
    const value = values.get(key);
    const isEmpty = value === undefined || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
    if (!isEmpty || key === 'paths') members.push(`${goString(key)}:${goValue(value ?? null)}`);
  }
  return Buffer.from(`{${members.join(',')}}`);
}

function goValue(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Checks a snapshot's JSON; unknown fields are kept. `REPOSITORY_DAMAGED` for `reference`. */
export function parseSnapshot(json: Uint8Array, reference: FileReference): Snapshot {
  const raw = parseJsonObject(json, reference);
  const { time, tree, paths } = raw;
  if (typeof time !== 'string' || Number.isNaN(Date.parse(time))) {
    throw damaged(reference, 'The snapshot has no time.');
  }
  if (!isId(tree)) throw damaged(reference, 'The snapshot has no tree.');
  if (paths !== null && paths !== undefined && !isStrings(paths)) {
    throw damaged(reference, 'The paths of the snapshot are not a list of names.');
  }
  for (const key of ['tags', 'excludes']) {
    if (raw[key] === null) delete raw[key];
    else if (raw[key] !== undefined && !isStrings(raw[key])) {
      throw damaged(reference, `The ${key} of the snapshot are not a list of names.`);
    }
  }
  for (const key of ['hostname', 'username', 'program_version', 'parent', 'original']) {
    if (raw[key] === null) delete raw[key];
    else if (raw[key] !== undefined && typeof raw[key] !== 'string') {
      throw damaged(reference, `The ${key} of the snapshot is not text.`);
    }
  }
  return { ...raw, time, tree, paths: paths ?? [] };
}

/** Writes a snapshot file; resolves with its id. */
export function saveSnapshot(session: Session, snapshot: Snapshot): Promise<Id> {
  return saveUnpacked(session, 'snapshots', encodeSnapshot(snapshot));
}

/** Loads one; `IMAGE_NOT_FOUND` where there is none of that id, `REPOSITORY_DAMAGED`. */
export async function loadSnapshot(session: Session, id: Id): Promise<Snapshot> {
  const { location } = session.backend;
  if (!isId(id)) throw new EngineError('IMAGE_NOT_FOUND', { repository: location, value: id });
  try {
    return parseSnapshot(await loadUnpacked(session, 'snapshots', id), fileReference(location, 'snapshots', id));
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new EngineError('IMAGE_NOT_FOUND', { repository: location, value: id }, { cause: error });
  }
}

async function snapshotIds({ backend }: Session): Promise<Id[]> {
  const ids: Id[] = [];
  for await (const { name } of backend.list('snapshots')) ids.push(name);
  return ids.sort();
}

/** All snapshots, newest first. Damaged ones go to `onDamaged`; ones that were removed meanwhile are left out. */
export async function listSnapshots(
  session: Session,
  onDamaged?: (id: Id, error: Error) => void,
  signal?: AbortSignal,
): Promise<{ id: Id; snapshot: Snapshot }[]> {
  const found: { id: Id; snapshot: Snapshot }[] = [];
  const rest = await snapshotIds(session);
  const worker = async (): Promise<void> => {
    for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
      throwIfCancelled(signal);
      try {
        found.push({ id, snapshot: await loadSnapshot(session, id) });
      } catch (error) {
        if (error instanceof EngineError && error.code === 'IMAGE_NOT_FOUND') continue;
        if (!isDamaged(error)) throw error;
        session.ports.logger.warn('A snapshot file is damaged', { repository: session.backend.location, snapshot: id });
        onDamaged?.(id, error);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const key = (time: string): number => Date.parse(time);
  return found.sort((a, b) => key(b.snapshot.time) - key(a.snapshot.time) || (a.id < b.id ? 1 : -1));
}

/** The one snapshot whose id starts with `prefix`; `IMAGE_NOT_FOUND`, `IMAGE_AMBIGUOUS` (with `candidates`). */
export async function resolveSnapshotId(session: Session, prefix: string): Promise<Id> {
  const details = { repository: session.backend.location, value: prefix };
  const wanted = prefix.toLowerCase();
  const matches = /^[0-9a-f]+$/.test(wanted) ? (await snapshotIds(session)).filter((id) => id.startsWith(wanted)) : [];
  const [id] = matches;
  if (id === undefined) throw new EngineError('IMAGE_NOT_FOUND', details);
  if (matches.length > 1) throw new EngineError('IMAGE_AMBIGUOUS', { ...details, candidates: matches.slice(0, 10) });
  return id;
}
