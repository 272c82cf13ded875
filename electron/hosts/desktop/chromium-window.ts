/**
 * Chromium's window without browser controls, for machines without an Electron binary. The address with its token never
 * stands on a command line, where every user of the machine could read it: the window opens on the bare address and is
 * sent on over the DevTools pipe, which only its parent holds.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** How long a browser may take to open its first page, milliseconds. */
const PAGE_TIMEOUT_MS = 30_000;
const PAGE_POLL_MS = 100;

const replySchema = z.object({
  id: z.number(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});
const targetsSchema = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string(), url: z.string() })),
});
const attachedSchema = z.object({ sessionId: z.string() });

/** Opens the window on `address` (with the token in its fragment); resolves once the page was told. */
export async function openChromium(command: string, args: readonly string[], address: string): Promise<ChildProcess> {
  const { origin } = new URL(address);
  const child = spawn(command, [...args, '--remote-debugging-pipe', `--app=${origin}/`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  try {
    await sendOn(child, address);
  } catch (error) {
    child.kill();
    throw error;
  }
  return child;
}

async function sendOn(child: ChildProcess, address: string): Promise<void> {
  const { origin, hash } = new URL(address);
  const pipe = new DevToolsPipe(child);
  const targetId = await findPage(pipe, origin);
  const { sessionId } = attachedSchema.parse(await pipe.call('Target.attachToTarget', { targetId, flatten: true }));
  // Another path than the first page's, so that the page is loaded anew and sees its fragment.
  await pipe.call('Page.navigate', { url: `${origin}/index.html${hash}` }, sessionId);
}

async function findPage(pipe: DevToolsPipe, origin: string): Promise<string> {
  const deadline = performance.now() + PAGE_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const { targetInfos } = targetsSchema.parse(await pipe.call('Target.getTargets', {}));
    const page = targetInfos.find(({ type, url }) => type === 'page' && url.startsWith(`${origin}/`));
    if (page !== undefined) return page.targetId;
    await new Promise((resolve) => setTimeout(resolve, PAGE_POLL_MS));
  }
  throw new Error('Chromium opened no window');
}

interface Waiter {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The Chrome DevTools Protocol over descriptors 3 and 4: JSON messages, each ended by a zero byte. */
class DevToolsPipe {
  readonly #waiting = new Map<number, Waiter>();
  readonly #output: Writable;
  #lastId = 0;
  #unread = '';

  constructor(child: ChildProcess) {
    this.#output = child.stdio[3] as Writable;
    const input = child.stdio[4] as Readable;
    input.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    this.#output.on('error', () => undefined);
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium ended'));
      this.#waiting.clear();
    });
  }

  call(method: string, params: Record<string, unknown>, sessionId?: string): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #take(text: string): void {
    const messages = (this.#unread + text).split('\0');
    this.#unread = messages.pop() ?? '';
    for (const message of messages) {
      const reply = replySchema.safeParse(JSON.parse(message));
      // Events carry no id; nobody waits for them.
      if (!reply.success) continue;
      const waiter = this.#waiting.get(reply.data.id);
      this.#waiting.delete(reply.data.id);
      if (reply.data.error) waiter?.reject(new Error(reply.data.error.message));
      else waiter?.resolve(reply.data.result ?? {});
    }
  }
}
