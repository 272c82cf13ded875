/** The definitions of all schedules, one file in the configuration directory. */
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type ScheduleDefinition, scheduleDefinitionSchema } from '#contract';
import { EngineError, errnoOf } from '../base/errors.ts';
import { lockForSave } from '../policy/save-lock.ts';
import { readText, UnreadableFile } from './read-text.ts';
import { makeFolder, replaceFile } from './replace-file.ts';

const FILE_NAME = 'schedules.json';
const MOST_BYTES = 4 * 1024 ** 2;
const MOST_SCHEDULES = 200;
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const fileSchema = z.object({
  version: z.literal(1),
  schedules: z
    .array(scheduleDefinitionSchema)
    .max(MOST_SCHEDULES)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length),
});

/** Where the definitions are. */
export function definitionsPath(configDirectory: string): string {
  return join(configDirectory, FILE_NAME);
}

function damaged(file: string, reason: string): EngineError {
  return new EngineError('SCHEDULE_INVALID', {
    file,
    path: file,
    reason,
    remedy: `Mend ${file}, or put it aside and make the schedules anew; timers that are installed go on meanwhile.`,
  });
}

function parsed(file: string, text: string): ScheduleDefinition[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(file, 'The file of the schedules is not JSON.');
  }
  const { data, error } = fileSchema.safeParse(json);
  if (data !== undefined) return data.schedules;
  const place = error.issues[0]?.path.join('.') || 'version';
  throw damaged(file, `The file of the schedules cannot be used (${place}).`);
}

/** In the order of their names. Throws `SCHEDULE_INVALID` for a file that is not ours or damaged. */
export async function readDefinitions(configDirectory: string): Promise<ScheduleDefinition[]> {
  const file = definitionsPath(configDirectory);
  try {
    const text = await readText(file, { most: MOST_BYTES, follow: true });
    return text === undefined ? [] : parsed(file, text);
  } catch (error) {
    if (error instanceof UnreadableFile) throw damaged(file, error.message);
    throw error;
  }
}

/** The definitions while nobody else can change them. */
export interface HeldDefinitions extends AsyncDisposable {
  readonly all: readonly ScheduleDefinition[];
  /** Durable when it resolves. Throws `SCHEDULE_UNAVAILABLE`; the file is as before then. */
  write(definitions: readonly ScheduleDefinition[]): Promise<void>;
}

/** Keeps everybody else from changing them until it is disposed. Throws as `readDefinitions` and `write` do. */
export async function holdDefinitions(configDirectory: string): Promise<HeldDefinitions> {
  const file = definitionsPath(configDirectory);
  await using stack = new AsyncDisposableStack();
  await attempt(file, async () => {
    await makeFolder(dirname(file), FOLDER_MODE);
    stack.use(await lockForSave(file));
  });
  const all = await readDefinitions(configDirectory);
  const held = stack.move();
  return {
    all,
    write: async (definitions) => {
      if (definitions.length > MOST_SCHEDULES) {
        throw new EngineError('SCHEDULE_INVALID', { reason: `There are ${MOST_SCHEDULES} schedules already.` });
      }
      const sorted = definitions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const text = `${JSON.stringify({ version: 1, schedules: sorted }, undefined, 2)}\n`;
      await attempt(file, () => replaceFile(file, text, FILE_MODE));
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

async function attempt(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The lock is that of the options file, and speaks of it.
    if (error instanceof EngineError && error.code === 'OPTIONS_UNWRITABLE') {
      throw new EngineError('SCHEDULE_UNAVAILABLE', { ...error.details, path: file }, { cause: error });
    }
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    const reason = `The file of the schedules cannot be written (${errno}).`;
    const remedy = `Check who owns ${dirname(file)}, and that the disk has space left.`;
    throw new EngineError('SCHEDULE_UNAVAILABLE', { path: file, reason, remedy }, { cause: error });
  }
}
