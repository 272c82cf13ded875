import { expect, it } from 'vitest';
import type { ManagementClass, Policy, PolicySet, RetentionDecision } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { STANDARD_GROUP, withClass } from './policy-draft.ts';
import { createPolicyStore, shownSet } from './policy-store.ts';

const one = (name: string, verExists = 2): ManagementClass => ({
  name,
  description: '',
  backup: { ...STANDARD_GROUP, verExists },
});
const SET: PolicySet = { classes: [one('STANDARD')], defaultClass: 'STANDARD', graceRetention: 30 };

/** An engine that keeps one policy, and what would go under it: as many images as its first class is below nine. */
function world() {
  let version = 0;
  let set = SET;
  let doubt: string | undefined;
  let decided: RetentionDecision[] | null = [];
  const policy = (): Policy => ({
    ...{ set, version, revision: String(version), savedBy: 'anna@other' },
    ...(doubt === undefined ? {} : { doubt }),
  });
  const put = (next: PolicySet): Policy => {
    version += 1;
    doubt = undefined;
    set = next;
    return policy();
  };
  const client = {
    policy: {
      describe: async () => policy(),
      save: async ({ revision, set: next }: { revision: string; set: PolicySet }) => {
        if (revision !== String(version)) throw new RemoteError({ code: 'POLICY_CHANGED', message: '', details: {} });
        if (next.classes.length > 3) throw new RemoteError({ code: 'POLICY_INVALID', message: '', details: {} });
        return put(next);
      },
      history: async () => ({ versions: [] }),
    },
  } as unknown as EngineClient;
  const store = createPolicyStore(client, {
    going: () => decided,
    decideAgain: async () => {
      const count = 9 - Number(set.classes[0]?.backup?.verExists ?? 9);
      decided = Array.from({ length: count }, () => ({ keep: false }) as RetentionDecision);
    },
  });
  const cast = (why: string): void => {
    doubt = why;
  };
  const forget = (): void => {
    decided = null;
  };
  return { store, put, forget, present: () => set, cast };
}

it('shows the draft, and forgets one that changes nothing', async () => {
  const { store } = world();
  await store.getState().refresh();
  expect(shownSet(store.getState())).toEqual(SET);
  store.getState().edit(withClass(SET, one('NEW')));
  expect(shownSet(store.getState())?.classes).toHaveLength(2);
  store.getState().edit({ ...SET });
  expect(store.getState().draft).toBeNull();
});

it('saves, says what goes now, and goes back', async () => {
  const { store, present } = world();
  await store.getState().refresh();
  store.getState().edit(withClass(SET, one('STANDARD', 1)));
  expect(await store.getState().save()).toBe(true);
  expect(store.getState()).toMatchObject({ draft: null, saving: false, saved: { previous: SET, wentBefore: 0 } });
  expect(store.getState().saved?.goes).toHaveLength(8);
  expect(await store.getState().undo()).toBe(true);
  expect(present()).toEqual(SET);
  expect(store.getState().policy.value?.version).toBe(2);
});

it('saves what was not changed only to settle a doubt', async () => {
  const { store, cast } = world();
  await store.getState().refresh();
  expect(await store.getState().save()).toBe(false);
  cast('Images were made under version 3.');
  await store.getState().refresh();
  expect(await store.getState().save()).toBe(true);
  expect(store.getState().policy.value).toMatchObject({ version: 1, set: SET });
});

it('does not say how many images went before where that was not known', async () => {
  const { store, forget } = world();
  await store.getState().refresh();
  forget();
  store.getState().edit(withClass(SET, one('STANDARD', 1)));
  await store.getState().save();
  expect(store.getState().saved).toMatchObject({ wentBefore: null });
});

it('keeps my changes when somebody else saved, on top of theirs', async () => {
  const { store, put, present } = world();
  await store.getState().refresh();
  store.getState().edit(withClass(SET, one('MINE')));
  put(withClass(SET, one('THEIRS')));
  expect(await store.getState().save()).toBe(false);
  expect(store.getState().conflict).toMatchObject({ base: SET, theirs: { version: 1 } });
  expect(store.getState().draft).not.toBeNull();
  store.getState().keepMine();
  expect(await store.getState().save()).toBe(true);
  expect(present().classes.map(({ name }) => name)).toEqual(['STANDARD', 'THEIRS', 'MINE']);
});

it('takes theirs, and nothing of mine', async () => {
  const { store, put } = world();
  await store.getState().refresh();
  store.getState().edit(withClass(SET, one('MINE')));
  put(withClass(SET, one('THEIRS')));
  await store.getState().save();
  store.getState().takeTheirs();
  expect(store.getState()).toMatchObject({ conflict: null, draft: null });
  expect(shownSet(store.getState())?.classes).toHaveLength(2);
});

it('says why a policy was refused, and keeps the draft', async () => {
  const { store } = world();
  await store.getState().refresh();
  const many = ['A', 'B', 'C', 'D'].reduce((set, name) => withClass(set, one(name)), SET);
  store.getState().edit(many);
  expect(await store.getState().save()).toBe(false);
  expect(store.getState()).toMatchObject({ draft: many, saving: false, failure: { code: 'POLICY_INVALID' } });
});

it('does not replace what a draft was made from', async () => {
  const { store, put } = world();
  await store.getState().refresh();
  store.getState().edit(withClass(SET, one('MINE')));
  put(withClass(SET, one('THEIRS')));
  await store.getState().refresh();
  expect(store.getState().policy.value?.version).toBe(0);
});
