/** How an image lies in a restic snapshot: one folder a volume with `volume.img`, `manifest.json`, `extents.bin`. */
import { type Manifest, manifestSchema } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { Extents } from '../base/extents.ts';
import { ID_BYTES } from '../native.ts';
import type { Id, Repository, Snapshot, TreeNode } from '../repository/types.ts';
import { decodeExtents, encodeExtents } from './extents-file.ts';
import { gridBlockCount } from './grid.ts';

/** Tag of every snapshot that we write. */
export const PRODUCT_TAG = 'stillframe';
export const IMAGE_TAG = 'image';

const VOLUME_FILE = 'volume.img';
const MANIFEST_FILE = 'manifest.json';
const EXTENTS_FILE = 'extents.bin';
/** Small files are cut into blobs of at most this many bytes. */
const FILE_BLOB_BYTES = 4 * 1024 * 1024;

/** The folder of a volume inside the snapshot: the last part of its name. */
export function volumeFolder(volumeName: string): string {
  const last = volumeName.split('/').filter(Boolean).at(-1) ?? 'volume';
  return last === '.' || last === '..' ? 'volume' : last;
}

/** What `saveImageFiles` stores. */
export interface ImageFiles {
  manifest: Manifest;
  /** Ids of the grid blocks, `ID_BYTES` each. */
  content: Uint8Array;
  /** Only where the volume was not read whole. */
  extents: Extents | undefined;
}

/** Writes the folder and returns the snapshot's root tree. */
export async function saveImageFiles(repository: Repository, files: ImageFiles): Promise<Id> {
  const time = files.manifest.finishedAt;
  const file = (name: string, size: number, content: Uint8Array): TreeNode => ({
    name,
    type: 'file',
    mode: 0o600,
    mtime: time,
    atime: time,
    ctime: time,
    uid: 0,
    gid: 0,
    user: 'root',
    group: 'root',
    size,
    links: 1,
    content,
  });
  const small = async (name: string, bytes: Buffer): Promise<TreeNode> =>
    file(name, bytes.length, await saveSmallFile(repository, bytes));
  const nodes = [
    await small(MANIFEST_FILE, Buffer.from(`${JSON.stringify(files.manifest, undefined, 2)}\n`)),
    file(VOLUME_FILE, files.manifest.volume.sizeBytes, files.content),
  ];
  if (files.extents) nodes.push(await small(EXTENTS_FILE, encodeExtents(files.extents)));
  const subtree = await repository.saveTree(nodes);
  const folder: TreeNode = {
    name: volumeFolder(files.manifest.volume.name),
    type: 'dir',
    mode: 0o20000000700,
    mtime: time,
    atime: time,
    ctime: time,
    uid: 0,
    gid: 0,
    user: 'root',
    group: 'root',
    subtree,
  };
  return repository.saveTree([folder]);
}

/** Ids of the blobs of a small file, `ID_BYTES` each. */
export async function saveSmallFile(repository: Repository, bytes: Buffer): Promise<Uint8Array> {
  const ids: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += FILE_BLOB_BYTES) {
    const id = await repository.saveBlob('data', bytes.subarray(at, at + FILE_BLOB_BYTES));
    ids.push(Buffer.from(id, 'hex'));
  }
  return Buffer.concat(ids);
}

/** An image found in a snapshot's tree, ours or one that `restic backup` of a device made. */
export interface StoredImage {
  /** Path inside the snapshot, for restic: `/sdb1/volume.img`. */
  path: string;
  sizeBytes: number;
  content: Uint8Array;
  /** Absent for images that restic made. */
  manifest: Manifest | undefined;
  /** Absent: the whole volume counts as used. */
  extents: Extents | undefined;
}

/**
 * Reads an image's files. Our snapshots have one folder; one that restic made is an image when a single
 * file is all it holds.
 * Throws `IMAGE_DAMAGED` naming what is wrong.
 */
export async function loadStoredImage(
  repository: Repository,
  snapshotId: Id,
  snapshot: Snapshot,
): Promise<StoredImage> {
  if (snapshot.tags?.includes(PRODUCT_TAG)) return loadOwnImage(repository, snapshotId, snapshot);
  const found = await findOnlyFile(repository, snapshot.tree);
  if (!found?.node.content) throw damaged(snapshotId, 'the snapshot holds no file that could be a volume');
  return {
    path: found.path,
    sizeBytes: found.node.size ?? 0,
    content: found.node.content,
    manifest: undefined,
    extents: undefined,
  };
}

async function loadOwnImage(repository: Repository, snapshotId: Id, snapshot: Snapshot): Promise<StoredImage> {
  const folder = (await repository.loadTree(snapshot.tree)).find((node) => node.type === 'dir');
  if (!folder?.subtree) throw damaged(snapshotId, 'the volume folder is missing');
  const nodes = await repository.loadTree(folder.subtree);
  const volume = nodes.find((node) => node.name === VOLUME_FILE);
  const manifestNode = nodes.find((node) => node.name === MANIFEST_FILE);
  const extentsNode = nodes.find((node) => node.name === EXTENTS_FILE);
  if (!volume?.content || !manifestNode) throw damaged(snapshotId, `${VOLUME_FILE} or ${MANIFEST_FILE} is missing`);
  const manifest = parseManifest(await loadSmallFile(repository, manifestNode), snapshotId);
  const sizeBytes = manifest.volume.sizeBytes;
  if (volume.size !== sizeBytes || volume.content.length !== gridBlockCount(sizeBytes, manifest.gridBytes) * ID_BYTES) {
    throw damaged(snapshotId, `${VOLUME_FILE} and ${MANIFEST_FILE} disagree about the size`);
  }
  const extents = extentsNode && decodeExtents(await loadSmallFile(repository, extentsNode), sizeBytes);
  return { path: `/${folder.name}/${VOLUME_FILE}`, sizeBytes, content: volume.content, manifest, extents };
}

/** Reads a manifest's JSON; `IMAGE_DAMAGED` where it is not one. */
export function parseManifest(bytes: Buffer, snapshotId: Id): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new EngineError(
      'IMAGE_DAMAGED',
      { image: snapshotId, file: MANIFEST_FILE, reason: String(cause) },
      { cause },
    );
  }
}

/** The bytes of a small file. `REPOSITORY_DAMAGED`. */
export async function loadSmallFile(repository: Repository, node: TreeNode): Promise<Buffer> {
  const parts: Buffer[] = [];
  const content = node.content ?? new Uint8Array();
  for (let at = 0; at < content.length; at += ID_BYTES) {
    const id = Buffer.from(content.subarray(at, at + ID_BYTES)).toString('hex');
    parts.push(await repository.readBlob('data', id));
  }
  return Buffer.concat(parts);
}

/** Deeper chains of folders are not images. */
const MAX_DEPTH = 12;

/** Follows folders that hold one thing only, so that a backup of many files is never walked. */
async function findOnlyFile(repository: Repository, root: Id): Promise<{ path: string; node: TreeNode } | undefined> {
  let tree = root;
  let path = '';
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const nodes = await repository.loadTree(tree);
    const only = nodes.length === 1 ? nodes[0] : undefined;
    if (!only) return undefined;
    path += `/${only.name}`;
    if (only.type === 'file') return { path, node: only };
    if (only.type !== 'dir' || !only.subtree) return undefined;
    tree = only.subtree;
  }
  return undefined;
}

function damaged(image: Id, reason: string): EngineError {
  return new EngineError('IMAGE_DAMAGED', { image, reason });
}
