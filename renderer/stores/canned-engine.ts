/** An engine for the tests of the stores: answers by the name of the request, and can break its connection. */
import type {
  BackupPlan,
  ImageSummary,
  RepositoryStatus,
  RestorePlan,
  SnapshotReadiness,
  TaskSnapshot,
  Volume,
  WireError,
} from '#contract';
import { type Connection, createConnection, type OpenLink } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';

const GIB = 1024 ** 3;

export function volumeNamed(name: string, facts: Partial<Volume> = {}): Volume {
  return {
    name,
    kind: 'loop',
    sizeBytes: GIB,
    logicalSectorBytes: 512,
    physicalSectorBytes: 512,
    fsType: 'ext4',
    label: '',
    uuid: '',
    partUuid: '',
    model: '',
    serial: '',
    transport: '',
    removable: false,
    readOnly: false,
    system: false,
    mounts: [],
    holders: [],
    usedBytes: GIB / 2,
    readable: true,
    writable: true,
    needs: '',
    ...facts,
  };
}

export function imageOf(volume: string, id: string, time: string): ImageSummary {
  return {
    id: id.repeat(64),
    volume,
    time,
    hostname: 'workbench',
    imageSize: GIB,
    usedSize: GIB / 2,
    newSize: 1024,
    fsType: 'ext4',
    fsLabel: '',
    mgmtClass: 'STANDARD',
    active: true,
    imageType: 'static',
    provider: 'NONE',
    consistency: 'filesystem',
    mode: 'selective',
    unreadableBytes: 0,
    origin: 'stillframe',
  };
}

/** A thin volume: its snapshots need no space of their own and track changes. */
export function readyFor(volume: string, facts: Partial<SnapshotReadiness> = {}): SnapshotReadiness {
  return {
    volume,
    failover: true,
    providers: [
      {
        provider: 'LINUX_LVM',
        ready: true,
        method: 'thin LVM snapshot',
        reason: '',
        remedy: '',
        blocksWriters: false,
        tracksChanges: true,
      },
    ],
    provider: 'LINUX_LVM',
    defaultImageType: 'snapshot',
    ...facts,
  };
}

/** Not a logical volume: a snapshot becomes a static image. */
export function notReadyFor(volume: string): SnapshotReadiness {
  return readyFor(volume, {
    providers: [
      {
        provider: 'LINUX_LVM',
        ready: false,
        method: '',
        reason: `${volume} is not a logical volume.`,
        remedy: 'Put it on LVM.',
        blocksWriters: false,
        tracksChanges: false,
      },
    ],
    provider: 'NONE',
    defaultImageType: 'static',
  });
}

export function fail(code: WireError['code']): never {
  throw new RemoteError({ code, message: `canned ${code}`, details: {} });
}

/** What the engine knows; tests change it while it answers. */
export interface CannedEngine {
  status: RepositoryStatus;
  passphrase: string;
  volumes: Volume[];
  images: ImageSummary[];
  /** By volume name; `notReadyFor` where there is none. */
  readiness: Record<string, SnapshotReadiness>;
  /** Entries of `domain.image`. */
  domain: string[];
  /** What the next clean-up finds. */
  leftovers: { removed: string[]; left: string[] };
  /** Volumes that may not be read or written, by what is wrong with them. */
  refuses: Record<string, WireError['code']>;
  /** Requests so far, by name. */
  asked: string[];
  /** What plans were asked for, in their order. */
  plannedRequests: Record<string, unknown>[];
  /** What the last backup that started was to be. */
  lastRequest: Record<string, unknown> | null;
  /** Tells everybody who watches. */
  report(task: TaskSnapshot): void;
  connection: Connection;
  cut(): void;
}

type Answer = (input: Record<string, unknown>, signal: AbortSignal | undefined) => unknown;

export function createCannedEngine(): CannedEngine {
  const tasks = new Map<string, TaskSnapshot>();
  const watchers = new Set<(task: TaskSnapshot) => void>();
  const broken = Promise.withResolvers<void>();

  const engine: CannedEngine = {
    status: { state: 'open', location: '/mnt/backup/stillframe' },
    passphrase: 'correct horse',
    volumes: [volumeNamed('/dev/loop7'), volumeNamed('/dev/loop8'), volumeNamed('/dev/vda', { system: true })],
    images: [
      imageOf('/dev/loop8', 'a', '2026-11-20T10:00:00Z'),
      imageOf('/dev/loop7', 'b', '2026-11-21T10:00:00Z'),
      imageOf('/dev/loop7', 'c', '2026-11-19T10:00:00Z'),
    ],
    readiness: { '/dev/loop7': readyFor('/dev/loop7') },
    domain: [],
    leftovers: { removed: [], left: [] },
    refuses: {},
    asked: [],
    plannedRequests: [],
    lastRequest: null,
    report(task) {
      tasks.set(task.id, task);
      for (const tell of watchers) tell(task);
    },
    connection: createConnection(async () => opened),
    cut: () => broken.resolve(),
  };

  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<TaskSnapshot, void> {
    const pending = [...tasks.values()];
    let wake: () => void = () => undefined;
    const tell = (task: TaskSnapshot) => {
      pending.push(task);
      wake();
    };
    watchers.add(tell);
    signal?.addEventListener('abort', () => wake());
    while (!signal?.aborted) {
      const next = pending.shift();
      if (next) yield next;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    watchers.delete(tell);
  }

  const found = (name: unknown) => engine.volumes.find((volume) => volume.name === name) ?? fail('VOLUME_NOT_FOUND');
  const backupPlan = (name: unknown): BackupPlan => ({
    volume: found(name),
    imageType: 'static',
    readBytes: GIB / 2,
    why: 'Only the blocks that ext4 uses are read.',
    expectedNewBytes: { low: 0, high: GIB / 2 },
    used: { mode: 'used', warnings: [], extentCount: 1, usedBytes: GIB / 2, skippedCount: 1, skippedBytes: GIB / 2 },
    gridBytes: 524_288,
    willRemount: [],
    obstacles: [],
    warnings: [],
    provider: 'NONE',
    command: 'stillframe backup image',
    consistency: 'filesystem',
  });
  const restorePlan = (source: unknown, target: unknown, toFile: unknown): RestorePlan => {
    const code = engine.refuses[String(target)];
    return {
      planId: `${source} ${target}`,
      image: engine.images.find((image) => image.id === source) ?? fail('IMAGE_NOT_FOUND'),
      ...(toFile === true ? {} : { target: found(target) }),
      targetName: String(target),
      targetExists: toFile !== true,
      writeBytes: GIB / 2,
      freeBytes: GIB / 2,
      targetContent: '',
      refusals: code ? [{ code, text: 'It may not be overwritten.' }] : [],
      warnings: [],
    };
  };

  const answers: Record<string, Answer> = {
    'system.describe': () => fail('UNSUPPORTED_ON_HOST'),
    'system.sweep': () => engine.leftovers,
    'repository.status': () => engine.status,
    'repository.create': () => {
      engine.status = { ...engine.status, state: 'open' };
      return { status: engine.status, recoveryKey: 'KQ7M-2RTD' };
    },
    'repository.open': ({ passphrase }) => {
      if (passphrase !== engine.passphrase) fail('PASSPHRASE_WRONG');
      engine.status = { ...engine.status, state: 'open' };
      return engine.status;
    },
    'volumes.list': () => ({ volumes: [...engine.volumes] }),
    'volumes.addFile': ({ path }) => {
      const file = String(path);
      if (!file.endsWith('.img')) fail('VOLUME_NOT_FOUND');
      engine.volumes.push(volumeNamed(file, { kind: 'file' }));
      return found(file);
    },
    'volumes.readiness': ({ volume }) => {
      const { name } = found(volume);
      return engine.readiness[name] ?? notReadyFor(name);
    },
    'backup.plan': (input) => {
      engine.plannedRequests.push(input);
      return backupPlan(input.volume);
    },
    'backup.start': (input) => {
      const code = engine.refuses[String(input.volume)];
      if (code) fail(code);
      engine.lastRequest = input;
      return { taskId: 'task-1' };
    },
    'preferences.describe': () => ({
      path: '/root/.config/stillframe/stillframe.opt',
      exists: true,
      revision: '1',
      options: [],
      rules: [],
      domain: engine.domain,
      warnings: [],
    }),
    'preferences.test': ({ volume }) => ({
      volume: found(volume).name,
      evaluated: [],
      excluded: volume === '/dev/loop8',
      managementClass: 'STANDARD',
      options: [],
    }),
    'images.list': () => ({ images: [...engine.images] }),
    'images.details': () => fail('IMAGE_DAMAGED'),
    'restore.plan': ({ source, target, toFile }) => restorePlan(source, target, toFile),
    'restore.start': ({ target, confirmation }) => {
      if (confirmation !== target) fail('TARGET_NOT_CONFIRMED');
      return { taskId: 'task-2' };
    },
    'tasks.list': () => ({ tasks: [...tasks.values()] }),
    'tasks.cancel': () => ({}),
    'tasks.watch': (_input, signal) => watch(signal),
  };

  const opened: OpenLink = {
    closed: broken.promise,
    link: {
      async call(path, input, { signal }) {
        const name = path.join('.');
        engine.asked.push(name);
        const answer = answers[name] ?? fail('COMMAND_INVALID');
        return answer(input as Record<string, unknown>, signal);
      },
    },
  };
  return engine;
}
