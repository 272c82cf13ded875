/** Which value of an option is in force, and who said so. */
import type { ErrorDetails, ImageType } from '#contract';
import { EngineError } from '../base/errors.ts';
import { type PathContext, ValueRejected } from './option-definition.ts';
import { definitionOf, OPTION_NAMES, OPTION_ROWS, OPTIONS, type OptionName, type OptionValues } from './options.ts';
import type { OptionsFile } from './options-file.ts';

/** Where the value in force comes from. */
export type OptionSource =
  | { readonly from: 'command' }
  | { readonly from: 'environment'; readonly variable: string }
  | { readonly from: 'file'; readonly path: string; readonly line: number }
  | { readonly from: 'default' };

export interface OptionInputs {
  /** Texts from the command line, already matched to option names. */
  command: ReadonlyMap<OptionName, string>;
  environment: Readonly<Record<string, string | undefined>>;
  /** Read by `readOptionsFile`. */
  file?: OptionsFile | undefined;
  paths: PathContext;
}

export interface ResolvedOptions {
  readonly values: OptionValues;
  readonly sources: Readonly<Record<OptionName, OptionSource>>;
}

/**
 * Values in force: command line, then environment, then options file, then default.
 * Throws `OPTION_INVALID` for a text that does not fit, wherever it stands, with its place in the details.
 */
export function resolveOptions(inputs: OptionInputs): ResolvedOptions {
  const values: Partial<Record<OptionName, unknown>> = {};
  const sources: Partial<Record<OptionName, OptionSource>> = {};
  for (const name of OPTION_NAMES) {
    const { value, source } = resolveOption(name, inputs);
    values[name] = value;
    sources[name] = source;
  }
  return { values: values as OptionValues, sources: sources as Record<OptionName, OptionSource> };
}

function resolveOption<N extends OptionName>(name: N, inputs: OptionInputs) {
  const { command, environment, file, paths } = inputs;
  const typed = command.get(name);
  if (typed !== undefined) return sourced(name, typed, { from: 'command' }, paths);
  const variable = OPTION_ROWS.find((row) => row.name === name)?.variable;
  const exported = variable === undefined ? undefined : environment[variable];
  if (variable !== undefined && exported !== undefined && exported !== '') {
    return sourced(name, exported, { from: 'environment', variable }, paths);
  }
  const written = file?.entries.get(name);
  if (file && written) {
    const context = { ...paths, workingDirectory: file.directory };
    return sourced(name, written.value, { from: 'file', path: file.path, line: written.line }, context);
  }
  return { value: OPTIONS[name].fallback, source: { from: 'default' } as const };
}

function sourced<N extends OptionName>(name: N, text: string, source: OptionSource, context: PathContext) {
  const place: ErrorDetails = source.from === 'file' ? { file: source.path, line: source.line } : {};
  if (source.from === 'environment') place.variable = source.variable;
  return { value: parseOption(name, text, context, place), source };
}

/** One value; throws `OPTION_INVALID` with `option`, `value`, `reason`, `allowed` and whatever `place` says. */
export function parseOption<N extends OptionName>(
  name: N,
  text: string,
  context: PathContext,
  place: ErrorDetails = {},
): OptionValues[N] {
  const definition = definitionOf(name);
  try {
    return definition.parse(text, context);
  } catch (error) {
    if (!(error instanceof ValueRejected)) throw error;
    const { allowed } = definition;
    throw new EngineError('OPTION_INVALID', { option: name, value: text, reason: error.message, allowed, ...place });
  }
}

const RANK: Record<OptionSource['from'], number> = { command: 3, environment: 2, file: 1, default: 0 };

/**
 * The image type in force: `dynamicimage` and `imagetype` say the same thing twice, so the one that was said closer
 * to the person wins; a contradiction at the same place is `OPTION_INVALID`. Undefined = the engine chooses.
 */
export function effectiveImageType({ values, sources }: ResolvedOptions): ImageType | undefined {
  const { imagetype, dynamicimage } = values;
  if (!dynamicimage || imagetype === 'dynamic') return imagetype;
  if (imagetype === undefined) return 'dynamic';
  const difference = RANK[sources.dynamicimage.from] - RANK[sources.imagetype.from];
  if (difference === 0) {
    const reason = `It contradicts imagetype=${imagetype}.`;
    throw new EngineError('OPTION_INVALID', {
      option: 'dynamicimage',
      value: 'yes',
      reason,
      allowed: 'one of the two',
    });
  }
  return difference > 0 ? 'dynamic' : imagetype;
}
