/** Which value of an option is in force, and who said so. */
import type { ErrorDetails, ImageType, OptionSource, PlacedRule } from '#contract';
import { EngineError } from '../base/errors.ts';
import { type PathContext, ValueRejected } from './option-definition.ts';
import { definitionOf, OPTION_NAMES, OPTIONS, type OptionName, type OptionValues } from './options.ts';
import type { OptionsFile } from './options-file.ts';
import { ruleFor } from './rules.ts';

export interface OptionInputs {
  /** Texts from the command line, already matched to option names. */
  command: ReadonlyMap<OptionName, string>;
  environment: Readonly<Record<string, string | undefined>>;
  /** Read by `readOptionsFile`. */
  file?: OptionsFile | undefined;
  /** What the values are for: its name, its mount points and other names of the device. Absent: no rule counts. */
  volume?: readonly string[] | undefined;
  paths: PathContext;
}

export interface ResolvedOptions {
  readonly values: OptionValues;
  readonly sources: Readonly<Record<OptionName, OptionSource>>;
  /** The rule that holds for the volume. */
  readonly rule?: PlacedRule;
}

/**
 * Values in force: command line, then environment, then the rule of the volume, then options file, then default.
 * Throws `OPTION_INVALID` for a text that does not fit, wherever it stands, with its place in the details.
 */
export function resolveOptions(inputs: OptionInputs): ResolvedOptions {
  const values: Partial<Record<OptionName, unknown>> = {};
  const sources: Partial<Record<OptionName, OptionSource>> = {};
  const rule = ruleOf(inputs);
  for (const name of OPTION_NAMES) {
    const { value, source } = resolveFrom(name, inputs, rule);
    values[name] = value;
    sources[name] = source;
  }
  const resolved = { values: values as OptionValues, sources: sources as Record<OptionName, OptionSource> };
  return rule ? { ...resolved, rule } : resolved;
}

/** One of them; what is wrong with others does not matter. */
export function resolveOption<N extends OptionName>(
  name: N,
  inputs: OptionInputs,
): { value: OptionValues[N]; source: OptionSource } {
  return resolveFrom(name, inputs, ruleOf(inputs));
}

function ruleOf({ file, volume }: OptionInputs): PlacedRule | undefined {
  return file && volume && ruleFor(file.rules, volume);
}

/** Who says what an option is, as text. */
export interface OptionText {
  readonly text: string;
  readonly source: OptionSource;
  /** Relative paths start here. */
  readonly directory: string;
}

/** The text in force; undefined where nobody said anything. */
export function optionText(name: OptionName, inputs: OptionInputs, rule = ruleOf(inputs)): OptionText | undefined {
  const { command, environment, file, paths } = inputs;
  const typed = command.get(name);
  if (typed !== undefined) return { text: typed, source: { from: 'command' }, directory: paths.workingDirectory };
  const { variable } = definitionOf(name);
  const exported = variable === undefined ? undefined : environment[variable];
  if (variable !== undefined && exported !== undefined && exported !== '') {
    return { text: exported, source: { from: 'environment', variable }, directory: paths.workingDirectory };
  }
  if (file === undefined) return undefined;
  const { path, directory } = file;
  const ruled = rule && textInRule(name, rule);
  if (rule && ruled !== undefined) return { text: ruled, source: { from: 'rule', path, line: rule.line }, directory };
  const written = file.entries.get(name);
  return written && { text: written.value, source: { from: 'file', path, line: written.line }, directory };
}

function textInRule(name: OptionName, { managementClass, options }: PlacedRule): string | undefined {
  if (name === 'managementclass') return managementClass === '' ? undefined : managementClass;
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

function resolveFrom<N extends OptionName>(name: N, inputs: OptionInputs, rule: PlacedRule | undefined) {
  const said = optionText(name, inputs, rule);
  if (said === undefined)
    return { value: OPTIONS[name].fallback as OptionValues[N], source: { from: 'default' } as const };
  const { text, source, directory } = said;
  const context = { ...inputs.paths, workingDirectory: directory };
  return { value: parseOption(name, text, context, placeOf(source)), source };
}

function placeOf(source: OptionSource): ErrorDetails {
  switch (source.from) {
    case 'rule':
    case 'file':
      return { file: source.path, line: source.line };
    case 'environment':
      return { variable: source.variable };
    default:
      return {};
  }
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

const RANK: Record<OptionSource['from'], number> = { command: 4, environment: 3, rule: 2, file: 1, default: 0 };

/**
 * The zstd level in force, 0 = stored uncompressed: `compression no` holds unless a level was named closer to the person.
 */
export function effectiveCompressionLevel({ values, sources }: ResolvedOptions): number {
  const named = RANK[sources.compressionlevel.from] > RANK[sources.compression.from];
  return values.compression || named ? values.compressionlevel : 0;
}

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
