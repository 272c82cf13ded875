import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineError } from '../base/errors.ts';
import type { Repository } from '../repository/types.ts';
import { lookAtImage } from './image-cache.ts';

/** A repository of images that restic made, and how often each was opened. */
function repositoryOf(): { repository: Repository; opened: string[] } {
  const opened: string[] = [];
  const repository = {
    loadSnapshot: async (id: string) => {
      opened.push(id);
      if (id === 'gone') throw new EngineError('IMAGE_NOT_FOUND', { image: id });
      return { tree: id, paths: ['/dev/x'], time: '' };
    },
    loadTree: async () => [{ name: 'x', type: 'file', size: 512, content: new Uint8Array(32) }],
  } as unknown as Repository;
  return { repository, opened };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what was looked at a moment ago is not opened again; two images are kept, for a minute', async () => {
  const { repository, opened } = repositoryOf();
  const [first, again] = await Promise.all([lookAtImage(repository, 'a'), lookAtImage(repository, 'a')]);
  expect(again).toBe(first);
  await lookAtImage(repository, 'b');
  await lookAtImage(repository, 'a');
  expect(opened).toEqual(['a', 'b']);
  // The one that was used last stays.
  await lookAtImage(repository, 'c');
  await lookAtImage(repository, 'a');
  expect(opened).toEqual(['a', 'b', 'c']);
  await lookAtImage(repository, 'b');
  expect(opened).toEqual(['a', 'b', 'c', 'b']);
  vi.advanceTimersByTime(61_000);
  await lookAtImage(repository, 'b');
  expect(opened).toHaveLength(5);
});

test('repositories share nothing, and a failure is not kept', async () => {
  const one = repositoryOf();
  const other = repositoryOf();
  await lookAtImage(one.repository, 'a');
  await lookAtImage(other.repository, 'a');
  expect(other.opened).toEqual(['a']);
  await expect(lookAtImage(one.repository, 'gone')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  await expect(lookAtImage(one.repository, 'gone')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  expect(one.opened).toEqual(['a', 'gone', 'gone']);
});
