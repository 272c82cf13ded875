import { describe, expect, it } from 'vitest';
import type { TaskSnapshot } from '#contract';
import { TaskFeed } from './task-feed.ts';

function snapshot(id: string, warnings: string[] = []): TaskSnapshot {
  return {
    id,
    kind: 'check',
    subject: 's',
    state: 'running',
    queuedAt: '2026-01-01T00:00:00Z',
    phasesDone: [],
    command: '',
    hasBlocks: false,
    warnings,
  };
}

async function drain(items: AsyncIterable<TaskSnapshot>): Promise<TaskSnapshot[]> {
  const read: TaskSnapshot[] = [];
  for await (const item of items) read.push(item);
  return read;
}

describe('TaskFeed', () => {
  it('gives what is now, then what changes, and ends on dispose', async () => {
    const feed = new TaskFeed();
    const read = drain(feed.watch([snapshot('a'), snapshot('b')]));
    await Promise.resolve();
    feed.publish(snapshot('c'));
    feed[Symbol.dispose]();
    expect((await read).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('keeps only the latest unread state of each task', async () => {
    const feed = new TaskFeed();
    const watch = feed.watch([]);
    for (let i = 0; i < 1000; i++) feed.publish(snapshot(`task ${i % 3}`, [String(i)]));
    feed[Symbol.dispose]();
    expect((await drain(watch)).map(({ warnings }) => warnings[0])).toEqual(['999', '997', '998']);
  });

  it('drops unread states of a task that is forgotten', async () => {
    const feed = new TaskFeed();
    const watch = feed.watch([snapshot('old'), snapshot('new')]);
    feed.forget('old');
    feed[Symbol.dispose]();
    expect((await drain(watch)).map(({ id }) => id)).toEqual(['new']);
  });

  it('ends a waiting reader at once when its signal aborts', async () => {
    const feed = new TaskFeed();
    const stop = new AbortController();
    const read = drain(feed.watch([snapshot('a')], stop.signal));
    await new Promise(setImmediate);
    stop.abort();
    expect(await read).toHaveLength(1);
  });

  it('ends at once where the signal has aborted before or the feed is over', async () => {
    const feed = new TaskFeed();
    expect(await drain(feed.watch([snapshot('a')], AbortSignal.abort()))).toEqual([]);
    feed[Symbol.dispose]();
    expect(await drain(feed.watch([snapshot('a')]))).toEqual([snapshot('a')]);
  });

  it('ends a waiting reader on return, and hands out nothing afterwards', async () => {
    const feed = new TaskFeed();
    const watch = feed.watch([]);
    const waiting = watch.next();
    await watch.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    feed.publish(snapshot('late'));
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });

  it('serves several waiting calls in order', async () => {
    const feed = new TaskFeed();
    const watch = feed.watch([]);
    const both = Promise.all([watch.next(), watch.next()]);
    feed.publish(snapshot('a'));
    feed.publish(snapshot('b'));
    expect((await both).map(({ value }) => value?.id)).toEqual(['a', 'b']);
  });
});
