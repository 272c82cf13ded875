/**
 * `install dsmc [DIRECTORY]`: a link by the name that scripts know. It is a command and no entry of package.json's `bin`,
 * because an installation must neither fail nor hide IBM's client where that is installed.
 */
import { constants, existsSync } from 'node:fs';
import { access, lstat, mkdir, realpath, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { EngineError, errnoOf } from '#engine/base/errors.ts';
import type { PlainContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

const NAME = 'dsmc';

export async function run({ operands, output }: PlainContext): Promise<ReturnCode> {
  const launcher = await realpath(launcherPath());
  const [named] = operands;
  const directory = resolve(named ?? defaultDirectory());
  const link = join(directory, NAME);
  const search = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of new Set([directory, ...search])) await refuseOther(join(folder, NAME), launcher);
  const isThere = (await realpath(link).catch(() => undefined)) === launcher;
  if (!isThere) await makeLink(link, launcher, named === undefined);
  output.info(
    isThere ? `${link} is this program already.` : `${link} is now this program. Remove the link to undo it.`,
  );
  if (!search.includes(directory))
    output.warning(`${directory} is not in the search path, so that a shell does not find it.`);
  output.json({ link, target: launcher, created: !isThere });
  return output.worst;
}

function defaultDirectory(): string {
  return process.getuid?.() === 0 ? '/usr/local/bin' : join(process.env.HOME ?? homedir(), '.local', 'bin');
}

/** The launcher, from the sources and from `out/cli` alike. */
function launcherPath(): string {
  let folder = import.meta.dirname;
  const inside = join('electron', 'hosts', 'cli', 'stillframe.mjs');
  while (!existsSync(join(folder, inside)) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, inside);
}

/** Throws where something of that name is there that is not this program: it may be IBM's. */
async function refuseOther(path: string, launcher: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return;
  if ((await realpath(path).catch(() => undefined)) === launcher) return;
  const reason = 'There is another program of this name. It is not replaced, nor hidden.';
  throw new EngineError('COMMAND_INVALID', { path, reason, remedy: 'Use “stillframe”, or an alias of your shell.' });
}

/** `create`: the directory, too. */
async function makeLink(link: string, launcher: string, create: boolean): Promise<void> {
  try {
    await access(launcher, constants.X_OK);
    if (create) await mkdir(dirname(link), { recursive: true });
    // Fails where something came there meanwhile.
    await symlink(launcher, link);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    const reason = `The link cannot be made (${errno}).`;
    const remedy = 'Name a directory that you may write to: install dsmc DIRECTORY.';
    throw new EngineError('COMMAND_INVALID', { path: link, reason, remedy }, { cause: error });
  }
}
