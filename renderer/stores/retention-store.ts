/** What policy says about every image, what an expiration would remove, and what pruning would free. */
import { createStore } from 'zustand/vanilla';
import type {
  ExpirationPreview,
  ExpirationRequest,
  PrunePlan,
  PruneRequest,
  RetentionDecision,
  WireError,
} from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export type Decisions = Readonly<Record<string, RetentionDecision>>;

export interface RetentionState {
  /** By image id. */
  decisions: Loadable<Decisions>;
  /** With what pruning would free; null until it was asked for. */
  preview: Loadable<ExpirationPreview | null>;
  plan: Loadable<PrunePlan | null>;
  /** A request that changes something is under way. */
  busy: boolean;
  /** Why the last change was not made. */
  failure: WireError | null;
  refresh(): Promise<void>;
  loadPreview(request: ExpirationRequest): Promise<void>;
  loadPlan(request: PruneRequest): Promise<void>;
  /** False where other images go by now than the preview shows, or nobody can say. */
  isPreviewTrue(): Promise<boolean>;
  /** These resolve with whether it was done. */
  expire(request: ExpirationRequest): Promise<boolean>;
  prune(request: PruneRequest): Promise<boolean>;
  pin(imageId: string, pinned: boolean, reason: string): Promise<boolean>;
  deactivate(volume: string, hostname: string): Promise<boolean>;
  deleteImages(imageIds: string[]): Promise<boolean>;
  undeleteImages(imageIds: string[]): Promise<boolean>;
  clearFailure(): void;
}

/** Those that go at the next expiration. */
export function going(decisions: readonly RetentionDecision[]): RetentionDecision[] {
  return decisions.filter(({ keep }) => !keep);
}

/** A volume of a computer: images of two computers are never versions of each other. */
export interface VolumeDecisions {
  volume: string;
  hostname: string;
  managementClass: string;
  decisions: RetentionDecision[];
}

/** By volume and computer, in their order. */
export function decisionsByVolume(decisions: readonly RetentionDecision[]): VolumeDecisions[] {
  const groups = new Map<string, VolumeDecisions>();
  for (const decision of decisions) {
    const { volume, hostname, managementClass } = decision;
    const key = JSON.stringify([hostname, volume]);
    const group = groups.get(key);
    if (group) group.decisions.push(decision);
    else groups.set(key, { volume, hostname, managementClass, decisions: [decision] });
  }
  return [...groups.values()];
}

/** `changed`: images have other marks now. */
export function createRetentionStore(client: EngineClient, changed: () => Promise<void>) {
  return createStore<RetentionState>()((set, get) => {
    async function attempt(work: () => Promise<unknown>, marks: boolean): Promise<boolean> {
      set({ busy: true, failure: null });
      try {
        await work();
      } catch (thrown) {
        set({ busy: false, failure: toWireError(thrown) });
        return false;
      }
      if (marks) await Promise.all([changed(), get().refresh()]);
      set({ busy: false });
      return true;
    }
    const start = (work: () => Promise<unknown>) => attempt(work, false);
    const mark = (work: () => Promise<unknown>) => attempt(work, true);

    return {
      decisions: idle<Decisions>({}),
      preview: idle<ExpirationPreview | null>(null),
      plan: idle<PrunePlan | null>(null),
      busy: false,
      failure: null,
      refresh: () =>
        load(
          get().decisions,
          (decisions) => set({ decisions }),
          async () => {
            const { decisions } = await client.retention.preview({ reclaim: false });
            return Object.fromEntries(decisions.map((decision) => [decision.imageId, decision]));
          },
        ),
      loadPreview: (request) =>
        load(
          get().preview,
          (preview) => set({ preview }),
          () => client.retention.preview(request),
        ),
      async isPreviewTrue() {
        await get().refresh();
        const { preview, decisions } = get();
        if (preview.value === null || decisions.phase !== 'ready') return false;
        const shown = new Set(going(preview.value.decisions).map(({ imageId }) => imageId));
        const now = going(Object.values(decisions.value)).map(({ imageId }) => imageId);
        return now.length === shown.size && now.every((id) => shown.has(id));
      },
      loadPlan: (request) =>
        load(
          get().plan,
          (plan) => set({ plan }),
          () => client.retention.prunePreview(request),
        ),
      expire: (request) => start(() => client.retention.expire(request)),
      prune: (request) => start(() => client.retention.prune(request)),
      pin: (imageId, pinned, reason) => mark(() => client.retention.pin({ imageId, pinned, reason })),
      deactivate: (volume, hostname) => mark(() => client.retention.deactivate({ volume, hostname })),
      deleteImages: (imageIds) => mark(() => client.retention.deleteImages({ imageIds })),
      undeleteImages: (imageIds) => mark(() => client.retention.undeleteImages({ imageIds })),
      clearFailure: () => set({ failure: null }),
    };
  });
}
