/** The snapshot that holds one version of the policy: one folder with `policy.json`, for restic to read, too. */
import { EngineError } from '../base/errors.ts';
import { loadSmallFile, PRODUCT_TAG, saveSmallFile } from '../image/image-files.ts';
import { POLICY_PATH, POLICY_TAG } from '../image/policy-snapshot.ts';
import { ENGINE_VERSION } from '../image/version.ts';
import type { Id, Repository, TreeNode } from '../repository/types.ts';
import {
  decodePolicy,
  encodePolicy,
  GO_BACK,
  MAX_DOCUMENT_BYTES,
  type PolicyDocument,
  unreadable,
  type VersionFacts,
  versionFactsSchema,
} from './policy-document.ts';
import type { StoredSnapshot } from './stored-snapshots.ts';

const FOLDER = POLICY_PATH.slice(1);
const FILE = 'policy.json';

/** Who saves, for the snapshot. */
export interface Author {
  nodeName: string;
  userName: string;
}

/** Writes the document's snapshot, last; durable when it resolves. A shared lock must be held. */
export async function writePolicy(repository: Repository, document: PolicyDocument, author: Author): Promise<Id> {
  const bytes = encodePolicy(document);
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new EngineError('POLICY_INVALID', { reason: 'There are too many marks on images.' });
  }
  const { set: _, marks: __, format: ___, ...facts } = document;
  const owner = { uid: 0, gid: 0, user: 'root', group: 'root' };
  const times = { mtime: document.savedAt, atime: document.savedAt, ctime: document.savedAt };
  const content = await saveSmallFile(repository, bytes);
  const file: TreeNode = {
    ...{ name: FILE, type: 'file', mode: 0o600, ...times, ...owner },
    ...{ size: bytes.length, links: 1, content },
  };
  const subtree = await repository.saveTree([file]);
  const folder: TreeNode = { name: FOLDER, type: 'dir', mode: 0o20000000700, ...times, ...owner, subtree };
  return repository.saveSnapshot({
    time: document.savedAt,
    tree: await repository.saveTree([folder]),
    paths: [POLICY_PATH],
    hostname: author.nodeName,
    username: author.userName,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    tags: [PRODUCT_TAG, POLICY_TAG],
    program_version: `stillframe ${ENGINE_VERSION}`,
    stillframe: { policy: facts },
  });
}

/** Documents do not change, and lists of images ask for the newest again and again. */
const known = new WeakMap<Repository, Map<Id, PolicyDocument>>();
/** Documents that are remembered of a repository. */
const KEPT_DOCUMENTS = 4;

/** Throws `POLICY_INVALID` where it is not understood, `REPOSITORY_DAMAGED` where it cannot be read. */
export async function readPolicy(repository: Repository, { id, snapshot }: StoredSnapshot): Promise<PolicyDocument> {
  const kept = known.get(repository) ?? new Map<Id, PolicyDocument>();
  known.set(repository, kept);
  const found = kept.get(id);
  if (found !== undefined) return found;
  const document = await load(repository, { id, snapshot });
  kept.set(id, document);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_DOCUMENTS) break;
    kept.delete(oldest);
  }
  return document;
}

async function load(repository: Repository, { id, snapshot }: StoredSnapshot): Promise<PolicyDocument> {
  const where = { repository: repository.location, snapshot: id };
  try {
    const [folder] = (await repository.loadTree(snapshot.tree)).filter(({ name }) => name === FOLDER);
    if (folder?.subtree === undefined) throw unreadable(where, `It holds no ${FILE}.`);
    const [file] = (await repository.loadTree(folder.subtree)).filter(({ name }) => name === FILE);
    if (file?.type !== 'file' || (file.size ?? 0) === 0) throw unreadable(where, `It holds no ${FILE}.`);
    if ((file.size ?? 0) > MAX_DOCUMENT_BYTES) throw unreadable(where, `Its ${FILE} is too large.`);
    return decodePolicy(await loadSmallFile(repository, file), where);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'REPOSITORY_DAMAGED') throw error;
    throw new EngineError('REPOSITORY_DAMAGED', { ...error.details, snapshot: id, remedy: GO_BACK }, { cause: error });
  }
}

/** Facts of versions whose document had to be read for them. */
const knownFacts = new WeakMap<Repository, Map<Id, VersionFacts>>();

/** What a policy snapshot says of itself; read from its document where restic dropped it. */
export async function factsOf(repository: Repository, stored: StoredSnapshot): Promise<VersionFacts> {
  const { stillframe } = stored.snapshot;
  const carried: unknown =
    typeof stillframe === 'object' && stillframe !== null ? Reflect.get(stillframe, 'policy') : undefined;
  const parsed = versionFactsSchema.safeParse(carried);
  if (parsed.success) return parsed.data;
  const kept = knownFacts.get(repository) ?? new Map<Id, VersionFacts>();
  knownFacts.set(repository, kept);
  const known = kept.get(stored.id) ?? versionFactsSchema.parse(await readPolicy(repository, stored));
  kept.set(stored.id, known);
  return known;
}
