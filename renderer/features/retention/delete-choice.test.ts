import { expect, it } from 'vitest';
import { imageOf } from '../../stores/canned-engine.ts';
import { deletionOf } from './delete-choice.ts';

const newest = imageOf('/dev/loop7', 'a', '2026-11-21T10:00:00Z');
const older = { ...imageOf('/dev/loop7', 'b', '2026-11-20T10:00:00Z'), active: false };
const oldest = { ...imageOf('/dev/loop7', 'c', '2026-11-19T10:00:00Z'), active: false };
const elsewhere = { ...imageOf('/dev/loop7', 'd', '2026-11-19T10:00:00Z'), hostname: 'other' };
const images = [newest, older, oldest, elsewhere];

it('means images of the same volume of the same computer', () => {
  expect(deletionOf('this', older, images)).toEqual({ ids: [older.id], pinned: [], takesLast: false });
  expect(deletionOf('inactive', newest, images).ids).toEqual([older.id, oldest.id]);
  expect(deletionOf('all', newest, images)).toMatchObject({ takesLast: true, ids: [newest.id, older.id, oldest.id] });
});

it('leaves pinned images, so that something remains', () => {
  const pinned = { ...older, pinned: { at: '2026-11-20T10:00:00Z', reason: '' } };
  const { ids, pinned: left, takesLast } = deletionOf('all', newest, [newest, pinned]);
  expect([ids, left, takesLast]).toEqual([[newest.id], [pinned], false]);
});

it('knows the last one that can be restored', () => {
  const deleted = { ...older, deletedAt: '2026-11-21T11:00:00Z' };
  expect(deletionOf('this', newest, [newest, deleted, elsewhere]).takesLast).toBe(true);
  expect(deletionOf('this', deleted, [newest, deleted]).ids).toEqual([]);
});
