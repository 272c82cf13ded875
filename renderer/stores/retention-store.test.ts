import { expect, it } from 'vitest';
import type { RetentionDecision } from '#contract';
import type { EngineClient } from '../transport/connection.ts';
import { RemoteError } from '../transport/remote-error.ts';
import { createRetentionStore, decisionsByVolume, going } from './retention-store.ts';

const decision = (imageId: string, facts: Partial<RetentionDecision> = {}): RetentionDecision => ({
  imageId,
  volume: '/dev/loop7',
  hostname: 'workbench',
  time: '2026-11-20T10:00:00Z',
  keep: true,
  rule: 'active',
  why: '',
  managementClass: 'STANDARD',
  position: 1,
  ...facts,
});

function world() {
  const asked: string[] = [];
  let refuses = false;
  let gone = ['b'];
  const answer = (name: string) => async () => {
    asked.push(name);
    if (refuses) throw new RemoteError({ code: 'IMAGE_PINNED', message: '', details: {} });
    return { taskId: '1' };
  };
  const client = {
    retention: {
      preview: async () => {
        asked.push('preview');
        return {
          decisions: ['a', 'b'].map((id) => decision(id, gone.includes(id) ? { keep: false, rule: 'deleted' } : {})),
        };
      },
      expire: answer('expire'),
      deleteImages: answer('deleteImages'),
    },
  } as unknown as EngineClient;
  const store = createRetentionStore(client, async () => {
    asked.push('images');
  });
  return {
    store,
    asked,
    refuse: () => {
      refuses = true;
    },
    remove: (...ids: string[]) => {
      gone = ids;
    },
  };
}

it('knows what policy says about an image', async () => {
  const { store } = world();
  await store.getState().refresh();
  expect(store.getState().decisions.value.b?.rule).toBe('deleted');
  expect(going(Object.values(store.getState().decisions.value))).toHaveLength(1);
});

it('asks for images and decisions again after marks, and not after starts', async () => {
  const { store, asked } = world();
  expect(await store.getState().expire({})).toBe(true);
  expect(asked).toEqual(['expire']);
  expect(await store.getState().deleteImages(['a'])).toBe(true);
  expect(asked.slice(1).toSorted()).toEqual(['deleteImages', 'images', 'preview']);
  expect(store.getState().busy).toBe(false);
});

it('says why something was not done', async () => {
  const { store, refuse, asked } = world();
  refuse();
  expect(await store.getState().deleteImages(['a'])).toBe(false);
  expect(store.getState()).toMatchObject({ busy: false, failure: { code: 'IMAGE_PINNED' } });
  expect(asked).toEqual(['deleteImages']);
  store.getState().clearFailure();
  expect(store.getState().failure).toBeNull();
});

it('keeps volumes of the same name of two computers apart', () => {
  const groups = decisionsByVolume([decision('a'), decision('b', { hostname: 'other' }), decision('c')]);
  expect(groups.map(({ hostname, decisions }) => [hostname, decisions.map(({ imageId }) => imageId)])).toEqual([
    ['workbench', ['a', 'c']],
    ['other', ['b']],
  ]);
});

it('tells when other images go by now than the preview shows', async () => {
  const { store, remove } = world();
  expect(await store.getState().isPreviewTrue()).toBe(false);
  await store.getState().loadPreview({});
  expect(await store.getState().isPreviewTrue()).toBe(true);
  remove('a');
  expect(await store.getState().isPreviewTrue()).toBe(false);
  remove('a', 'b');
  expect(await store.getState().isPreviewTrue()).toBe(false);
});
