/** Runs the real command line in a directory of its own, for tests. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const TOP = resolve(import.meta.dirname, '../../..');
const NODE = join(TOP, 'node_modules/node/bin/node');
const MAIN = join(TOP, 'electron/hosts/cli/main.ts');
export const LAUNCHER = join(TOP, 'electron/hosts/cli/stillframe.mjs');

const command = promisify(execFile);

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A scratch directory with its own XDG directories; everything is removed on disposal. */
export class CliSandbox implements AsyncDisposable {
  readonly directory: string;
  readonly #running = new Set<ChildProcess>();

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async create(): Promise<CliSandbox> {
    return new CliSandbox(await mkdtemp(join(tmpdir(), 'stillframe-cli-')));
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }

  async file(name: string, content: string): Promise<string> {
    await mkdir(join(this.path(name), '..'), { recursive: true });
    await writeFile(this.path(name), content, { mode: 0o600 });
    return this.path(name);
  }

  /** A file with an ext4 file system that holds a few files. */
  async ext4(name: string, sizeBytes: number, fileBytes = 3_000_000): Promise<string> {
    const content = this.path(`${name}.content`);
    await mkdir(content);
    // Different in every block and hard to compress, yet the same in every run.
    const bytes = Buffer.alloc(fileBytes);
    for (let i = 0, seed = 1; i < fileBytes; i++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      bytes[i] = seed >>> 16;
    }
    await writeFile(join(content, 'random.bin'), bytes);
    await writeFile(join(content, 'hello.txt'), 'hello\n');
    const path = this.path(name);
    await writeFile(path, '');
    await truncate(path, sizeBytes);
    await command('mke2fs', ['-q', '-t', 'ext4', '-L', 'sample', '-d', content, path]);
    return path;
  }

  environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
    const { PATH, TMPDIR } = process.env;
    return {
      ...(PATH === undefined ? {} : { PATH }),
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      HOME: this.directory,
      XDG_CONFIG_HOME: this.path('config'),
      XDG_STATE_HOME: this.path('state'),
      XDG_DATA_HOME: this.path('data'),
      XDG_CACHE_HOME: this.path('cache'),
      // Nobody's timers and crontab are touched: this computer has neither, unless a test puts them there.
      STILLFRAME_SYSTEM_ROOT: this.path('computer'),
      ...extra,
    };
  }

  /** Starts the command line; standard input is a pipe. */
  start(args: readonly string[], environment: Record<string, string> = {}, program: readonly string[] = [NODE, MAIN]) {
    const [executable = NODE, ...before] = program;
    const child = spawn(executable, [...before, ...args], {
      cwd: this.directory,
      env: this.environment(environment),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    child.on('exit', () => this.#running.delete(child));
    return child;
  }

  /** Runs it to its end. `program` is what to start instead of the pinned Node with the sources. */
  async run(args: readonly string[], environment?: Record<string, string>, program?: string[]): Promise<CliResult> {
    const child = this.start(args, environment, program);
    child.stdin.end();
    const exited = new Promise<number | null>((done) => child.on('exit', done));
    const [code, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
    return { code, stdout, stderr };
  }

  /** Runs it at a pseudo-terminal, typing `input` line by line as questions appear. */
  async runAtTerminal(args: readonly string[], answers: readonly { at: string; type: string }[]): Promise<CliResult> {
    const quoted = [NODE, MAIN, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const child = this.start([], {}, ['script', '-qefc', quoted, '/dev/null']);
    let shown = '';
    let next = 0;
    /** Where the line after the last answer begins at the earliest: a question is drawn again while it is answered. */
    let from = 0;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      shown += chunk;
      const answer = answers[next];
      const lines = shown.slice(from).split('\n');
      if (answer === undefined || (next > 0 && lines.length < 2) || !lines.at(-1)?.includes(answer.at)) return;
      next++;
      from = shown.length;
      child.stdin.write(`${answer.type}\r`);
    });
    const code = await new Promise<number | null>((done) => child.on('close', done));
    return { code, stdout: shown.replaceAll('\r\n', '\n'), stderr: '' };
  }

  /** Runs restic on a repository; rejects where it fails. */
  async restic(repository: string, passphrase: string, ...args: string[]): Promise<string> {
    const environment = this.environment({ RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: passphrase });
    return (await command('restic', ['--no-cache', ...args], { env: environment })).stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The JSON lines of an output. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
