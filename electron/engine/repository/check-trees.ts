/** Last part of a check: everything that a snapshot refers to is in the index. */
import { throwIfCancelled } from '../base/errors.ts';
import { ID_BYTES } from '../native.ts';
import type { GrowingBlobIndex } from './blob-index.ts';
import type { ProblemList } from './check-problems.ts';
import { damaged, isDamaged } from './damage.ts';
import { encodeHex } from './hex.ts';
import { openBlob } from './read-copy.ts';
import type { Session } from './session.ts';
import { decodeTree } from './tree-json.ts';
import type { Id, Snapshot, TreeNode } from './types.ts';

/** Missing blobs of one file that are named one by one. */
const NAMED_BLOBS = 100;

/** Walks the trees of all snapshots, each tree once. */
export async function checkTrees(
  session: Session,
  index: GrowingBlobIndex,
  snapshots: readonly { id: Id; snapshot: Snapshot }[],
  problems: ProblemList,
  signal: AbortSignal | undefined,
): Promise<void> {
  const seen = new Set<Id>();
  for (const { id: snapshotId, snapshot } of snapshots) {
    const waiting = [snapshot.tree];
    for (let treeId = waiting.pop(); treeId !== undefined; treeId = waiting.pop()) {
      throwIfCancelled(signal);
      if (seen.has(treeId)) continue;
      seen.add(treeId);
      try {
        const nodes = await loadTree(session, index, treeId);
        for (const node of nodes) {
          checkNode(node, treeId, snapshotId, index, problems);
          if (node.subtree !== undefined) waiting.push(node.subtree);
        }
      } catch (error) {
        await problems.addError(error, 'tree', treeId);
      }
    }
  }
}

async function loadTree({ backend, key }: Session, index: GrowingBlobIndex, id: Id): Promise<TreeNode[]> {
  const reference = { repository: backend.location, kind: 'tree', id } as const;
  let failure = damaged(reference, 'No index lists the tree.', { missing: true });
  for (const copy of index.findAll(id, 'tree')) {
    try {
      const sealed = Buffer.allocUnsafe(copy.storedBytes);
      await backend.load('data', copy.packId, copy.offsetBytes, sealed);
      return decodeTree(openBlob(key, sealed, copy, id, reference), reference);
    } catch (error) {
      if (!isDamaged(error)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function checkNode(
  { name, type, content, subtree }: TreeNode,
  treeId: Id,
  snapshotId: Id,
  index: GrowingBlobIndex,
  problems: ProblemList,
): void {
  const where = `${JSON.stringify(name)} of snapshot ${snapshotId.slice(0, 8)}`;
  if (type === 'dir' && subtree === undefined) problems.add('tree', treeId, `The folder ${where} has no tree.`);
  if (type !== 'file') return;
  if (content === undefined) {
    problems.add('tree', treeId, `The file ${where} has no content.`);
    return;
  }
  let lost = 0;
  for (let at = 0; at < content.length; at += ID_BYTES) {
    if (index.has(content, at, 'data')) continue;
    lost++;
    if (lost > NAMED_BLOBS) continue;
    const number = at / ID_BYTES;
    problems.add('blob', encodeHex(content, at), `No index lists the blob; it is part ${number} of ${where}.`);
  }
  if (lost > 0) problems.add('tree', treeId, `${lost} blobs of ${where} are missing.`);
}
