import { beforeEach, expect, it, vi } from 'vitest';
import { createCannedEngine, imageOf } from './canned-engine.ts';
import { createImagesStore, imageOfPointInTime } from './images-store.ts';

let engine: ReturnType<typeof createCannedEngine>;
const LOOP7 = '/dev/loop7';
const id = (letter: string) => letter.repeat(64);
let images: ReturnType<typeof createImagesStore>;

beforeEach(async () => {
  engine = createCannedEngine();
  engine.images = [
    imageOf('/dev/loop8', 'a', '2026-11-20T10:00:00Z'),
    imageOf(LOOP7, 'b', '2026-11-21T10:00:00Z'),
    { ...imageOf(LOOP7, 'c', '2026-11-19T10:00:00Z'), active: false, fsType: 'xfs' },
  ];
  images = createImagesStore(engine.connection.client);
  engine.connection.start();
  await vi.waitFor(async () => {
    await images.getState().refresh();
    expect(images.getState().list.phase).toBe('ready');
  });
});

it('never keeps selected what is hidden', () => {
  images.getState().select(id('c'));
  images.getState().setInactive(false);
  expect(images.getState()).toMatchObject({ selectedId: id('b'), volume: LOOP7 });
  images.getState().setQuery('loop8');
  expect(images.getState()).toMatchObject({ selectedId: id('a'), volume: '/dev/loop8' });
  images.getState().setQuery('nothing like it');
  expect(images.getState().selectedId).toBeNull();
  images.getState().setQuery('');
  expect(images.getState().selectedId).toBe(id('a'));
});

it('selects the image of a point in time and shows it whatever was hidden', () => {
  images.getState().setInactive(false);
  images.getState().setQuery('ext4');
  images.getState().setAsOf({ date: '2026-11-20', time: '12:00' });
  expect(images.getState()).toMatchObject({ selectedId: id('c'), inactiveShown: true, query: '' });
  images.getState().setAsOf({ date: '2026-11-01', time: '' });
  expect(imageOfPointInTime(images.getState())).toBeUndefined();
  expect(images.getState().selectedId).toBe(id('c'));
});

it('asks for the details of the image on which the selection rests', async () => {
  engine.asked.length = 0;
  for (const letter of ['a', 'b', 'c']) images.getState().select(id(letter));
  await vi.waitFor(() => expect(engine.asked).toEqual(['images.details']));
  await vi.waitFor(() => expect(images.getState().details[id('c')]?.phase).toBe('failed'));
  expect(Object.keys(images.getState().details)).toEqual([id('c')]);
});

it('sorts the other way at the second time', () => {
  images.getState().sortBy('newSize');
  expect(images.getState().order).toEqual({ by: 'newSize', descending: true });
  images.getState().sortBy('newSize');
  expect(images.getState().order).toEqual({ by: 'newSize', descending: false });
});
