/** Programs that write to a volume while it is imaged. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A writer that runs until it is disposed. */
export interface Writer extends AsyncDisposable {
  /** Asks it for its last line of news: a sequence number. */
  sequence(): Promise<number>;
}

async function startWriter(script: string, args: readonly string[]): Promise<Writer> {
  const path = resolve(import.meta.dirname, script);
  const child: ChildProcess = spawn('node', [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the writer has no pipes');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const first = await lines.next();
  if (first.value !== 'ready') throw new Error(`${script} did not start`);
  return {
    async sequence() {
      stdin.write('\n');
      const { value } = await lines.next();
      return Number(value);
    },
    async [Symbol.asyncDispose]() {
      stdin.end();
      const impatient = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(impatient);
    },
  };
}

/** Overwrites blocks of `path` at full speed (stamp-writer.ts). */
export function startStamping(path: string, blocks: number, seed: number): Promise<Writer> {
  return startWriter('stamp-writer.ts', [path, String(blocks), String(seed)]);
}

/** Commits transactions to an SQLite database at full speed (database-writer.ts). */
export function startDatabase(path: string, mode: 'wal' | 'delete' = 'wal'): Promise<Writer> {
  return startWriter('database-writer.ts', [path, mode]);
}
