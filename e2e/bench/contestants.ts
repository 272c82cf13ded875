/** Who is measured, and how each does the same work. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { has, run } from '../driver/programs.ts';
import { entryPoint, environmentOf, type Place } from '../driver/stillframe.ts';
import type { Command } from './measure.ts';
import type { Volumes } from './volumes.ts';

/** The kinds of work, in the order in which they are done and shown. */
export const WORK = ['full', 'unchanged', 'changed', 'restore', 'restore with read-back'] as const;
export type Work = (typeof WORK)[number];

/** A tool with an empty repository of its own. */
export interface Contestant {
  name: string;
  /** Makes the empty repository; not measured. */
  prepare(): Promise<void>;
  commands: Partial<Record<Work, Command>>;
  /** Frees the disk space. */
  clear(): Promise<void>;
}

const QUIET = '-q -L /dev/null';

export function stillframe(folder: string, volumes: Volumes): Contestant {
  const own = join(folder, 'stillframe');
  const place: Place = { repository: join(own, 'repository'), passwordFile: join(own, 'passphrase'), home: own };
  const env = environmentOf(place);
  const watched = place.repository;
  const call = (args: string): string => `node ${entryPoint()} ${args} -json`;
  const backup = (device: string): Command => ({ shell: call(`backup image ${device}`), env, watched });
  const restore = (verify: string): Command => ({
    shell: call(`restore image ${volumes.original} ${volumes.target} -noprompt -verifyimage=${verify}`),
    env,
  });
  return {
    name: 'stillframe',
    async prepare() {
      await mkdir(own, { recursive: true });
      await writeFile(place.passwordFile, 'bench\n', { mode: 0o600 });
      await run('node', [entryPoint(), 'init', '-json'], { env });
    },
    commands: {
      full: backup(volumes.original),
      unchanged: backup(volumes.original),
      changed: backup(volumes.changed),
      restore: restore('no'),
      'restore with read-back': restore('yes'),
    },
    clear: () => rm(own, { recursive: true, force: true }),
  };
}

/** The pipeline that people use today. */
export function partclone(folder: string, volumes: Volumes): Contestant {
  return pipeline('partclone | zstd -3', join(folder, 'partclone'), volumes, '', '');
}

/**
 * Partclone without its own checksums and without the sleeps of its progress thread (2 s a tick, joined at the end);
 * undefined where there is no compiler to take the sleeps out.
 */
export async function partcloneAtItsBest(folder: string, volumes: Volumes): Promise<Contestant | undefined> {
  if (!(await has('gcc'))) return undefined;
  const library = join(folder, 'short-sleeps.so');
  await writeFile(join(folder, 'short-sleeps.c'), SHORT_SLEEPS);
  await run('gcc', ['-O2', '-shared', '-fPIC', join(folder, 'short-sleeps.c'), '-o', library, '-ldl']);
  return pipeline(
    'partclone at its best',
    join(folder, 'partclone-best'),
    volumes,
    `env LD_PRELOAD=${library}`,
    '-a 0',
  );
}

function pipeline(name: string, own: string, volumes: Volumes, prefix: string, options: string): Contestant {
  const stored = join(own, 'volume.zst');
  const save = `${prefix} partclone.ext4 -c ${QUIET} ${options} -s ${volumes.original} -o - | zstd -q -T2 -3 -f -o ${stored}`;
  const load = `zstd -dcq ${stored} | ${prefix} partclone.restore ${QUIET} -C -s - -o ${volumes.target} && sync ${volumes.target}`;
  return {
    name,
    prepare: () => emptyFolder(own),
    commands: { full: { shell: save, watched: own }, restore: { shell: load } },
    clear: () => rm(own, { recursive: true, force: true }),
  };
}

/** restic of the whole device. */
export function restic(folder: string, volumes: Volumes): Contestant {
  return resticOf('restic --stdin', join(folder, 'restic'), volumes, (device) => ({
    input: `< ${device}`,
    before: '',
  }));
}

/** restic of partclone's stream: used blocks only. Measured for what it stores. */
export function resticOfPartclone(folder: string, volumes: Volumes): Contestant {
  const { commands, ...rest } = resticOf('partclone | restic', join(folder, 'restic-stream'), volumes, (device) => ({
    input: '',
    before: `partclone.ext4 -c ${QUIET} -s ${device} -o - | `,
  }));
  return { ...rest, commands: commands.full ? { full: commands.full } : {} };
}

function resticOf(
  name: string,
  own: string,
  volumes: Volumes,
  source: (device: string) => { input: string; before: string },
): Contestant {
  const repository = join(own, 'repository');
  const env = { RESTIC_PASSWORD: 'bench', RESTIC_CACHE_DIR: join(own, 'cache') };
  const backup = (device: string): Command => {
    const { input, before } = source(device);
    const shell = `${before}restic -q -r ${repository} backup --stdin --stdin-filename volume.img --compression auto ${input}`;
    return { shell, env, watched: repository };
  };
  const sink = `dd of=${volumes.target} bs=1M iflag=fullblock conv=notrunc,fsync status=none`;
  return {
    name,
    async prepare() {
      await emptyFolder(own);
      await run('restic', ['-q', '-r', repository, 'init', '--repository-version', '2'], { env });
    },
    commands: {
      full: backup(volumes.original),
      unchanged: backup(volumes.original),
      changed: backup(volumes.changed),
      restore: { shell: `restic -q -r ${repository} dump latest /volume.img | ${sink}`, env },
    },
    clear: () => rm(own, { recursive: true, force: true }),
  };
}

async function emptyFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
}

/** Caps every sleep at 5 ms. */
const SHORT_SLEEPS = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
static int nap(void) {
  static int (*real)(clockid_t, int, const struct timespec *, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_nanosleep");
  struct timespec five = {0, 5000000};
  return real(CLOCK_MONOTONIC, 0, &five, 0);
}
int clock_nanosleep(clockid_t c, int f, const struct timespec *r, struct timespec *m) { return nap(); }
int nanosleep(const struct timespec *r, struct timespec *m) { return nap(); }
unsigned sleep(unsigned s) { nap(); return 0; }
int usleep(unsigned s) { return nap(); }
`;
