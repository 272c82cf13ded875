/**
 * A file system that is kept frozen by `stillframe-freeze` (native/src/linux/freeze/main.cc): it thaws at the deadline
 * and when this process dies, whatever state that is in.
 */
import { spawn } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { abortError } from '../../base/errors.ts';
import { freezeProgram } from '../../native.ts';

/** How long the program may take to answer, and to thaw. */
const ANSWER_MS = 10_000;
const THAW_MS = 90_000;

/** The file system was not frozen. `code`: an errno name, as the program says it (see its first comment). */
export class FreezeRefused extends Error {
  override readonly name = 'FreezeRefused';
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`the file system was not frozen: ${code}`, options);
    this.code = code;
  }
}

/** The program ended without its word on whether anything is frozen, as after a kill of both its processes. */
export class FreezeUnsure extends Error {
  override readonly name = 'FreezeUnsure';

  constructor() {
    super('what freezes the file system has ended without a word');
  }
}

/** What a freeze came to. `lost`: somebody else thawed it before; `stuck`: it may be frozen still. */
export interface FreezeEnd {
  kind: 'thawed' | 'lost' | 'stuck';
  /** `asked`, `closed`, `deadline`, `partner`, `signal`, `check`; an errno name when stuck. */
  cause: string;
}

interface Said {
  word: string;
  detail: string;
}

/** Lines of the program one by one. */
class Lines {
  readonly #unread: Said[] = [];
  #arrived = Promise.withResolvers<void>();
  #ended = false;

  constructor(stream: Readable) {
    const reader = createInterface({ input: stream });
    reader.on('line', (line) => {
      const [word = '', detail = ''] = line.split(' ');
      this.#unread.push({ word, detail });
      this.#arrived.resolve();
    });
    reader.on('close', () => {
      this.#ended = true;
      this.#arrived.resolve();
    });
  }

  /** Waits until both processes have ended, or for the limit. */
  async ended(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds;
    while ((await this.next(Math.max(0, until - performance.now()))) !== undefined) {
      if (performance.now() >= until) return;
    }
  }

  /** The next line; `undefined` at the end, which is when both processes have ended; `late` after the limit. */
  async next(milliseconds?: number): Promise<Said | undefined | 'late'> {
    if (this.#unread.length === 0 && !this.#ended) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
      });
      await Promise.race([this.#arrived.promise, late]);
      clearTimeout(timer);
    }
    const line = this.#unread.shift();
    if (this.#unread.length === 0 && !this.#ended) this.#arrived = Promise.withResolvers<void>();
    return line ?? (this.#ended ? undefined : 'late');
  }
}

/** A frozen file system. Disposing thaws it. */
export class FrozenFileSystem implements AsyncDisposable {
  readonly #commands: Writable;
  readonly #lines: Lines;
  #end: FreezeEnd | undefined;
  #asking: Promise<FreezeEnd | undefined> | undefined;
  #thawing: Promise<FreezeEnd> | undefined;

  constructor(commands: Writable, lines: Lines) {
    this.#commands = commands;
    this.#lines = lines;
  }

  /** Asks whether it stands still as it has since the start; says how that ended, or `undefined`. */
  async ended(): Promise<FreezeEnd | undefined> {
    if (this.#end !== undefined) return this.#end;
    if (this.#thawing !== undefined) return this.#thawing;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<FreezeEnd | undefined> {
    this.#commands.write('check\n');
    const said = await this.#lines.next(ANSWER_MS);
    // What does not answer is let go: the moment can no longer be vouched for.
    if (said === 'late') return this.#letGo('check');
    return said?.word === 'frozen' ? undefined : this.#note(said);
  }

  /** Lets writers go on; `lost` where it had not stood still to the end. Idempotent. */
  thaw(): Promise<FreezeEnd> {
    this.#thawing ??= this.#thaw();
    return this.#thawing;
  }

  async #thaw(): Promise<FreezeEnd> {
    await this.#asking;
    const end = this.#end ?? (await this.#letGo('asked'));
    // As long as one of its processes has it open, it cannot be unmounted.
    await this.#lines.ended(ANSWER_MS);
    return end;
  }

  async #letGo(cause: string): Promise<FreezeEnd> {
    this.#commands.end('thaw\n');
    const until = performance.now() + THAW_MS;
    for (;;) {
      const said = await this.#lines.next(Math.max(0, until - performance.now()));
      if (said === 'late') return this.#set({ kind: 'stuck', cause });
      if (said?.word !== 'frozen') return this.#note(said);
    }
  }

  #note(said: Said | undefined): FreezeEnd {
    if (said?.word === 'thawed' || said?.word === 'lost' || said?.word === 'stuck') {
      return this.#set({ kind: said.word, cause: said.detail });
    }
    // Both processes ended without a word, as after a kill of both: nobody is left who would thaw.
    return this.#set({ kind: 'stuck', cause: 'killed' });
  }

  #set(end: FreezeEnd): FreezeEnd {
    this.#end ??= end;
    return this.#end;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.thaw();
  }
}

export interface FreezeRequest {
  /** A folder of the file system, open. */
  folder: FileHandle;
  /** Told in the program's arguments, so that a sweep finds it. */
  name: string;
  /** After so many milliseconds it thaws by itself. */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Freezes. Throws `FreezeRefused`, and the signal's error; nothing of ours is frozen then. Throws `FreezeUnsure`: the file
 * system may be frozen, and nobody is left who would thaw it. A freeze that the kernel has begun cannot be broken off: a
 * cancelled one is waited for and undone.
 */
export async function freeze({ folder, name, deadlineMs, signal }: FreezeRequest): Promise<FrozenFileSystem> {
  const { dev } = await folder.stat({ bigint: true });
  if (signal?.aborted) throw abortError(signal);
  // A session of its own: Ctrl+C in a terminal must not end it before the engine has finished.
  const child = spawn(freezeProgram(), [String(dev), String(Math.ceil(deadlineMs)), '/proc/self/fd/3', name], {
    stdio: ['pipe', 'pipe', 'ignore', folder.fd],
    detached: true,
    cwd: '/',
    env: {},
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new FreezeRefused('EPIPE');
  const failed = new Promise<never>((_, reject) => {
    child.on('error', (cause) => reject(new FreezeRefused('ENOEXEC', { cause })));
  });
  failed.catch(() => undefined);
  // It may be gone when something is written to it.
  stdin.on('error', () => undefined);
  const lines = new Lines(stdout);
  const stop = (): void => {
    stdin.end();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const said = await Promise.race([lines.next(), failed]);
    if (said === undefined || said === 'late' || said.word === 'stuck') throw new FreezeUnsure();
    if (said.word !== 'frozen') {
      await lines.ended(ANSWER_MS);
      if (signal?.aborted) throw abortError(signal);
      // Else its guard has thawed what it had begun to freeze, as it was killed meanwhile.
      throw new FreezeRefused(said.word === 'error' ? said.detail : 'ECHILD');
    }
    const frozen = new FrozenFileSystem(stdin, lines);
    if (signal?.aborted) {
      if ((await frozen.thaw()).kind === 'stuck') throw new FreezeUnsure();
      throw abortError(signal);
    }
    return frozen;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
