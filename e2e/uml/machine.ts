/**
 * A user-mode Linux machine: a kernel with device-mapper and LVM that runs as an ordinary process, boots in seconds, and
 * has the real machine's files as its own, read-only.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const top = resolve(import.meta.dirname, '../..');
const KERNEL = 'linux.uml';
const MODULES = '/usr/lib/uml/modules';
const GIB = 1024 ** 3;
/** What `init.sh` prints before and after the command. */
const BOOTED = 'stillframe: booted\n';
const ENDED = 'stillframe: ended\n';

/** Where the folder shared with the real machine is inside. */
export const EXCHANGE_INSIDE = '/run/exchange';

export interface MachineOptions {
  /** Program and arguments, run as root in the repository's top folder. */
  command: readonly string[];
  /** A folder of the real machine that is writable inside, as `EXCHANGE_INSIDE`. */
  exchange: string;
  /** Set inside, besides `TMPDIR` (on a disk) and what LVM needs. */
  environment?: Readonly<Record<string, string>> | undefined;
  /** Sizes of the empty disks, bytes: `/dev/ubdc`, `/dev/ubdd`, … They take what is written to them. */
  disks?: readonly number[] | undefined;
  memoryBytes?: number | undefined;
  timeLimitMs: number;
  /** Stops the machine at once. */
  signal?: AbortSignal | undefined;
  /** Gets what is printed inside. */
  print(text: string): void;
}

/** How the command ended; `code` is absent where the machine broke or was stopped before. */
export interface MachineResult {
  code?: number;
  /** One English clause where `code` is absent. */
  problem?: string;
}

function onPath(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** What is missing to start one, one English sentence with the remedy; `undefined`: nothing. */
export function whyNoMachine(): string | undefined {
  if (process.arch !== 'x64') return 'User-mode Linux exists for x86-64 only.';
  const needed: [string, boolean][] = [
    ['user-mode-linux', onPath(KERNEL) !== undefined && existsSync(MODULES)],
    ['kmod', onPath('modprobe') !== undefined],
    ['lvm2', onPath('lvm') !== undefined],
    ['thin-provisioning-tools', onPath('thin_delta') !== undefined],
  ];
  const missing = needed.filter(([, present]) => !present).map(([name]) => name);
  return missing.length === 0 ? undefined : `Packages are missing: apt-get install ${missing.join(' ')}.`;
}

/** For the shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function jobOf({ command, environment = {} }: MachineOptions): string {
  const path = `${join(top, 'node_modules/.bin')}:$PATH`;
  const settings = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return [
    `export PATH=${path.includes(' ') ? `"${path}"` : path}`,
    ...settings,
    `cd ${quoted(top)} && exec ${command.map(quoted).join(' ')}`,
    '',
  ].join('\n');
}

async function sparseFile(path: string, sizeBytes: number): Promise<void> {
  await using file = await open(path, 'wx');
  await file.truncate(sizeBytes);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** Boots a machine, runs the command, and waits until it is off. Nothing of it is left on any path. */
export async function runInMachine(options: MachineOptions): Promise<MachineResult> {
  const folder = await mkdtemp(join(tmpdir(), 'stillframe-uml-'));
  try {
    return await boot(folder, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function boot(folder: string, options: MachineOptions): Promise<MachineResult> {
  const init = join(folder, 'init');
  await copyFile(join(import.meta.dirname, 'init.sh'), init);
  await chmod(init, 0o755);
  // The kernel's command line has no blanks, and this folder's name has none.
  await writeFile(join(options.exchange, 'job'), jobOf(options));
  const disks = [16 * GIB, ...(options.disks ?? [])].map((sizeBytes, index) => {
    return {
      name: `ubd${String.fromCharCode('b'.charCodeAt(0) + index)}`,
      path: join(folder, `disk-${index}`),
      sizeBytes,
    };
  });
  for (const { path, sizeBytes } of disks) await sparseFile(path, sizeBytes);
  const memory = Math.floor((options.memoryBytes ?? 2 * GIB) / 1024 ** 2);
  const args = [
    `mem=${memory}M`,
    'root=/dev/root',
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    `init=${init}`,
    ...disks.map(({ name, path }) => `${name}=${path}`),
    'con=null',
    'con0=fd:0,fd:1',
    'quiet',
    `EXCHANGE=${options.exchange}`,
  ];
  const problem = await untilOff(args, folder, options);
  const written = await readFile(join(options.exchange, 'exit-code'), 'utf8').catch(() => '');
  const code = /^\d+\s*$/.test(written) ? Number(written) : undefined;
  return code === undefined ? { problem: problem ?? 'the machine ended without a result' } : { code };
}

/**
 * The machine consists of many processes. They die with this one, also by `kill -9`: its first one by the signal at its
 * parent's death, the others with their process namespace, which takes root.
 */
function tether(): string[] {
  const byParent = ['setpriv', '--pdeathsig', 'KILL'];
  return process.getuid?.() === 0 ? [...byParent, 'unshare', '--fork', '--pid', '--kill-child=KILL'] : byParent;
}

/** Resolves with why it was stopped, where it was. */
async function untilOff(args: string[], folder: string, options: MachineOptions): Promise<string | undefined> {
  const [program = KERNEL, ...before] = tether();
  const child = spawn(program, [...before, onPath(KERNEL) ?? KERNEL, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, TMPDIR: existsSync('/dev/shm') ? '/dev/shm' : folder, HOME: folder },
  });
  let problem: string | undefined;
  const stop = (why: string): void => {
    problem ??= why;
    killGroup(child);
  };
  const timer = setTimeout(() => stop(`stopped after ${options.timeLimitMs / 1000} s`), options.timeLimitMs);
  const onAbort = (): void => stop('stopped');
  options.signal?.addEventListener('abort', onAbort);
  if (options.signal?.aborted) onAbort();
  const console = new MachineConsole(options.print);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => console.take(text.replaceAll('\r', '')));
  }
  try {
    await new Promise<void>((done, fail) => {
      child.on('error', fail);
      child.on('close', () => done());
    });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
    killGroup(child);
  }
  console.end();
  return problem;
}

/** What the kernel says while it boots and halts is only of interest where it does not get further. */
class MachineConsole {
  readonly #print: (text: string) => void;
  #held = '';
  #stage: 'boots' | 'runs' | 'halts' = 'boots';

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  take(text: string): void {
    if (this.#stage === 'halts') return;
    this.#held += text;
    if (this.#stage === 'boots') {
      const at = this.#held.indexOf(BOOTED);
      if (at < 0) return;
      this.#held = this.#held.slice(at + BOOTED.length);
      this.#stage = 'runs';
    }
    const end = this.#held.indexOf(ENDED);
    if (end >= 0) {
      this.#held = this.#held.slice(0, end);
      this.#stage = 'halts';
    }
    // A marker may come in two pieces; it is a line.
    const length = end >= 0 ? end : this.#held.lastIndexOf('\n') + 1;
    if (length > 0) this.#print(this.#held.slice(0, length));
    this.#held = this.#held.slice(length);
  }

  end(): void {
    if (this.#held !== '') this.#print(this.#held);
  }
}
