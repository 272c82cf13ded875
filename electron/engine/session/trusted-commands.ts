/** Commands that root runs must be root's. */
import { stat } from 'node:fs/promises';
import type { OptionSource } from '#contract';
import { EngineError } from '../base/errors.ts';
import type { OptionName } from '../policy/options.ts';
import type { ResolvedOptions } from '../policy/resolve-options.ts';

const COMMANDS = ['presnapshotcmd', 'postsnapshotcmd'] as const satisfies readonly OptionName[];
/** Rules stand in the same file. */
const IN_FILE: ReadonlySet<string> = new Set(['file', 'rule'] satisfies OptionSource['from'][]);
const WRITABLE_BY_OTHERS = 0o022;

async function isRoots(path: string): Promise<boolean> {
  const { uid, mode } = await stat(path);
  return uid === 0 && (mode & WRITABLE_BY_OTHERS) === 0;
}

/**
 * With sudo the options file may be a person's own, and whoever may write to it could have root run anything. Throws
 * `OPTION_INVALID` where a command stands in such a file and this process is root.
 */
export async function assertTrustedCommands(
  { values, sources }: ResolvedOptions,
  file: { path: string; directory: string } | undefined,
): Promise<void> {
  if (process.getuid?.() !== 0 || file === undefined) return;
  const option = COMMANDS.find((name) => IN_FILE.has(sources[name].from) && values[name].trim() !== '');
  if (option === undefined || ((await isRoots(file.path)) && (await isRoots(file.directory)))) return;
  throw new EngineError('OPTION_INVALID', {
    option,
    file: file.path,
    reason: 'Others than root may write to this options file, so root does not run a command from it.',
    remedy: `Run \`chown -R root: ${file.directory} && chmod -R go-w ${file.directory}\`, or give the command on the command line.`,
  });
}
