/** A real repository with images that are only snapshots, for tests of policy and retention. */
import type { ImageSummary } from '#contract';
import { IMAGE_TAG, PRODUCT_TAG } from '../image/image-files.ts';
import type { CarriedSummary } from '../image/image-list.ts';
import { newRepository, reopen, scratch, testPorts } from '../repository/restic-oracle.ts';
import type { Repository } from '../repository/types.ts';

export interface PolicyStand extends AsyncDisposable {
  /** Folder of the repository. */
  readonly path: string;
  readonly repository: Repository;
  readonly ports: ReturnType<typeof testPorts>;
  /** Moves the clock. */
  setTime(iso: string): void;
  /** Publishes an image; resolves with its id. */
  image(facts: {
    time: string;
    volume?: string;
    class?: string;
    hostname?: string;
    policyVersion?: number;
  }): Promise<string>;
  /** Another client of the same repository. */
  client(): Promise<Repository>;
}

/** Disposing removes everything. */
export async function policyStand(): Promise<PolicyStand> {
  const folder = scratch();
  const path = `${folder.path}/repository`;
  let nowMs: number | undefined;
  const ports = testPorts();
  ports.clock = { now: () => nowMs ?? Date.now(), monotonic: () => performance.now() };
  const repository = await newRepository(path, ports);
  const clients: Repository[] = [repository];
  return {
    path,
    repository,
    ports,
    setTime: (iso) => {
      nowMs = Date.parse(iso);
    },
    async image({ time, volume = '/dev/sdz1', class: mgmtClass = 'STANDARD', hostname = 'here', policyVersion }) {
      const content = Buffer.from(await repository.saveBlob('data', Buffer.from(`${volume} ${time}`)), 'hex');
      const file = { name: 'volume.img', type: 'file', mode: 0o600, size: `${volume} ${time}`.length, content };
      const subtree = await repository.saveTree([file]);
      const tree = await repository.saveTree([{ name: 'sdz1', type: 'dir', mode: 0o700, subtree }]);
      return repository.saveSnapshot({
        time,
        tree,
        paths: [volume],
        hostname,
        tags: [PRODUCT_TAG, IMAGE_TAG],
        stillframe: {
          ...summaryFor({ time, volume, mgmtClass, hostname }),
          ...(policyVersion ? { policyVersion } : {}),
        },
      });
    },
    async client() {
      const client = await reopen(path, undefined, ports);
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

type Own = Pick<ImageSummary, 'time' | 'volume' | 'mgmtClass' | 'hostname'>;

function summaryFor(own: Own): CarriedSummary {
  return {
    ...own,
    imageSize: 4096,
    usedSize: 4096,
    newSize: 0,
    storedSize: 0,
    fsType: 'ext4',
    fsLabel: '',
    imageType: 'static',
    provider: 'NONE',
    consistency: 'filesystem',
    mode: 'selective',
    unreadableBytes: 0,
    origin: 'stillframe',
  };
}
