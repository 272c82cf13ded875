/** The restore that is being put together in the three steps of the dialog. */

import { createStore } from 'zustand/vanilla';
import type { FreeSpaceHandling, ImageSummary, RestorePlan, RestoreRequest, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';

export const RESTORE_STEPS = ['what', 'where', 'confirm'] as const;
export type RestoreStep = (typeof RESTORE_STEPS)[number];

/** A volume by its name, or a file that is to be written. */
export interface RestoreTarget {
  kind: 'volume' | 'file';
  name: string;
}

/** What was chosen for an image when its dialog was closed. */
export interface RestoreDraft {
  imageId: string;
  destination: RestoreTarget['kind'];
  freeSpace: FreeSpaceHandling;
  verify: boolean;
  target: RestoreTarget | null;
}

export interface RestoreState {
  /** The image to restore; null while the dialog is closed. */
  image: ImageSummary | null;
  step: RestoreStep;
  /** Onto a volume, or into an image file. */
  destination: RestoreTarget['kind'];
  freeSpace: FreeSpaceHandling;
  verify: boolean;
  target: RestoreTarget | null;
  /** By `targetKey`. */
  plans: Record<string, Loadable<RestorePlan | null>>;
  confirmation: string;
  starting: boolean;
  failure: WireError | null;
  /** Closing the dialog loses nothing that was chosen for this image. */
  draft: RestoreDraft | null;
  begin(image: ImageSummary): void;
  close(): void;
  goTo(step: RestoreStep): void;
  /** The target is kept for when the destination is changed back. */
  setDestination(destination: RestoreTarget['kind']): void;
  setFreeSpace(freeSpace: FreeSpaceHandling): void;
  setVerify(verify: boolean): void;
  /** Asks the engine about every candidate, and preselects the original volume if nothing speaks against it. */
  surveyTargets(names: readonly string[]): Promise<void>;
  chooseTarget(target: RestoreTarget): Promise<void>;
  setConfirmation(text: string): void;
  /** True when the task was started; the dialog is closed then. */
  start(): Promise<boolean>;
}

export function targetKey(target: RestoreTarget): string {
  return `${target.kind}:${target.name}`;
}

/** The plan of the chosen target, once there is one without refusals. */
export function allowedPlan({
  target,
  plans,
  destination,
}: Pick<RestoreState, 'target' | 'plans' | 'destination'>): RestorePlan | null {
  const plan = target && target.kind === destination ? (plans[targetKey(target)]?.value ?? null) : null;
  return plan && plan.refusals.length === 0 ? plan : null;
}

const CLOSED = {
  image: null,
  step: 'what',
  destination: 'volume',
  freeSpace: 'skip',
  verify: true,
  target: null,
  plans: {},
  confirmation: '',
  starting: false,
  failure: null,
} as const satisfies Partial<RestoreState>;

export function createRestoreStore(client: EngineClient) {
  return createStore<RestoreState>()((set, get) => {
    /** Counted, because a newer survey ends an older one. */
    let surveys = 0;

    function requestFor(image: ImageSummary, target: RestoreTarget): RestoreRequest {
      const { freeSpace, verify } = get();
      return { source: image.id, target: target.name, toFile: target.kind === 'file', freeSpace, verify };
    }

    async function plan(image: ImageSummary, target: RestoreTarget): Promise<void> {
      const key = targetKey(target);
      await load<RestorePlan | null>(
        get().plans[key] ?? idle(null),
        (next) => {
          // The dialog may have been closed, or opened for another image, while the engine was asked.
          if (get().image?.id !== image.id) return;
          const known = next.phase === 'failed' ? { ...next, value: null } : next;
          set((state) => ({ plans: { ...state.plans, [key]: known } }));
        },
        () => client.restore.plan(requestFor(image, target)),
      );
    }

    return {
      ...CLOSED,
      draft: null,
      begin(image) {
        const { draft } = get();
        const { imageId, ...chosen } = draft ?? { imageId: '' };
        set({ ...CLOSED, ...(imageId === image.id ? chosen : {}), image });
      },
      close() {
        const { image, destination, freeSpace, verify, target } = get();
        if (image) set({ ...CLOSED, draft: { imageId: image.id, destination, freeSpace, verify, target } });
      },
      // Targets change while nobody looks: this step asks anew.
      goTo: (step) => set({ step, failure: null, ...(step === 'where' ? { plans: {} } : {}) }),
      setDestination: (destination) => set({ destination, confirmation: '' }),
      // What was planned so far depends on the handling of free space.
      setFreeSpace: (freeSpace) => set({ freeSpace, plans: {} }),
      setVerify: (verify) => set({ verify }),
      async surveyTargets(names) {
        surveys += 1;
        const survey = surveys;
        const { image, target: chosen } = get();
        if (!image) return;
        const isListed = chosen?.kind === 'volume' && names.includes(chosen.name);
        // Unplugged meanwhile.
        if (chosen?.kind === 'volume' && !isListed) set({ target: null });
        // What is chosen is what the person waits for.
        const order = isListed ? [chosen.name, ...names.filter((name) => name !== chosen.name)] : names;
        for (const name of order) {
          if (get().image?.id !== image.id || survey !== surveys) return;
          const target: RestoreTarget = { kind: 'volume', name };
          await plan(image, target);
          const fine = get().plans[targetKey(target)]?.value?.refusals.length === 0;
          if (fine && name === image.volume && get().target === null) set({ target });
        }
      },
      async chooseTarget(target) {
        const { image, plans } = get();
        if (!image) return;
        set({ target, destination: target.kind, confirmation: '', failure: null });
        // A file that was looked at before may exist by now.
        if (target.kind === 'file' || plans[targetKey(target)]?.phase !== 'ready') await plan(image, target);
      },
      setConfirmation: (confirmation) => set({ confirmation }),
      async start() {
        const { image, target, confirmation, starting, plans } = get();
        if (!image || !target || starting) return false;
        set({ starting: true, failure: null });
        try {
          await client.restore.start({
            ...requestFor(image, target),
            confirmation,
            planId: plans[targetKey(target)]?.value?.planId,
          });
          set({ ...CLOSED, draft: null });
          return true;
        } catch (thrown) {
          set({ starting: false, failure: toWireError(thrown) });
          return false;
        }
      },
    };
  });
}
