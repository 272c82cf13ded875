/** The management classes of the open repository, and the changes to them that are not saved yet. */
import { createStore } from 'zustand/vanilla';
import type { Policy, PolicySet, PolicyVersion, RetentionDecision, WireError } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { toWireError } from '../transport/remote-error.ts';
import { idle, type Loadable, load } from './loadable.ts';
import { mergePolicies, policyChanges } from './policy-draft.ts';

/** Somebody else saved in the meantime. */
export interface PolicyConflict {
  /** What was in force when the editing began. */
  base: PolicySet;
  theirs: Policy;
}

/** What the last save did. */
export interface PolicySaved {
  /** In force before, for going back. */
  previous: PolicySet;
  /** Images that go at the next expiration; null where that is not known. */
  goes: RetentionDecision[] | null;
  /** How many of them went already under the policy before; null where that is not known. */
  wentBefore: number | null;
}

export interface PolicyState {
  policy: Loadable<Policy | null>;
  history: Loadable<PolicyVersion[]>;
  /** Null: nothing was changed. */
  draft: PolicySet | null;
  saving: boolean;
  failure: WireError | null;
  conflict: PolicyConflict | null;
  saved: PolicySaved | null;
  refresh(): Promise<void>;
  loadHistory(): Promise<void>;
  edit(set: PolicySet): void;
  discard(): void;
  /** Resolves with whether it is in force now. */
  save(): Promise<boolean>;
  /** Puts the policy in force again that was before the last save; a new version, as every save. */
  undo(): Promise<boolean>;
  /** After a conflict: my changes on top of theirs, or theirs alone. */
  keepMine(): void;
  takeTheirs(): void;
  putAway(): void;
}

interface PolicyDependencies {
  /** Images that go at the next expiration, as known; null where it is not. */
  going(): RetentionDecision[] | null;
  /** Asks again after a save. */
  decideAgain(): Promise<void>;
}

/** What is shown: the draft, or else what is in force. */
export function shownSet({ policy, draft }: Pick<PolicyState, 'policy' | 'draft'>): PolicySet | null {
  return draft ?? policy.value?.set ?? null;
}

export function createPolicyStore(client: EngineClient, { going, decideAgain }: PolicyDependencies) {
  return createStore<PolicyState>()((set, get) => {
    async function put(wanted: PolicySet, base: Policy): Promise<boolean> {
      const before = going();
      set({ saving: true, failure: null, saved: null });
      try {
        const policy = await client.policy.save({ revision: base.revision, set: wanted });
        set({ policy: { phase: 'ready', value: policy, error: null }, draft: null });
      } catch (thrown) {
        await refused(toWireError(thrown), base);
        return false;
      }
      await Promise.all([decideAgain(), get().loadHistory()]);
      set({ saving: false, saved: { previous: base.set, goes: going(), wentBefore: before?.length ?? null } });
      return true;
    }

    /** Nothing was saved: what is in force by now, or why not. */
    async function refused(error: WireError, base: Policy): Promise<void> {
      if (error.code !== 'POLICY_CHANGED') {
        set({ saving: false, failure: error });
        return;
      }
      try {
        const theirs = await client.policy.describe({});
        set({ saving: false, conflict: { base: base.set, theirs } });
      } catch (thrown) {
        set({ saving: false, failure: toWireError(thrown) });
      }
    }

    function settle(conflict: PolicyConflict, draft: PolicySet | null): void {
      set({ policy: { phase: 'ready', value: conflict.theirs, error: null }, conflict: null, draft });
    }

    return {
      policy: idle<Policy | null>(null),
      history: idle<PolicyVersion[]>([]),
      draft: null,
      saving: false,
      failure: null,
      conflict: null,
      saved: null,
      async refresh() {
        // What a draft was made from stays: its save says when that is not in force any more.
        if (get().draft) return;
        await load(
          get().policy,
          (policy) => set({ policy }),
          () => client.policy.describe({}),
        );
      },
      loadHistory: () =>
        load(
          get().history,
          (history) => set({ history }),
          async () => (await client.policy.history({})).versions,
        ),
      edit(draft) {
        const inForce = get().policy.value?.set;
        const isChanged = !inForce || policyChanges(inForce, draft).length > 0;
        set({ draft: isChanged ? draft : null, failure: null, saved: null });
      },
      discard: () => set({ draft: null, failure: null, conflict: null }),
      async save() {
        const { draft, policy, saving } = get();
        const inForce = policy.value;
        // Without a change only where saving it again settles a doubt.
        const wanted = draft ?? (inForce?.doubt === undefined ? null : inForce.set);
        if (!wanted || !inForce || saving) return false;
        return put(wanted, inForce);
      },
      async undo() {
        const { saved, policy, saving } = get();
        if (!saved || !policy.value || saving) return false;
        return put(saved.previous, policy.value);
      },
      keepMine() {
        const { conflict, draft } = get();
        if (!conflict || !draft) return;
        const { set: merged } = mergePolicies(conflict.base, draft, conflict.theirs.set);
        settle(conflict, policyChanges(conflict.theirs.set, merged).length > 0 ? merged : null);
      },
      takeTheirs() {
        const { conflict } = get();
        if (conflict) settle(conflict, null);
      },
      putAway: () => set({ saved: null, failure: null }),
    };
  });
}
