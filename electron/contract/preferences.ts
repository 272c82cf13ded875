/** Options as the Preferences editor, help and validation see them: all of it is derived from the engine's one table. */
import { z } from 'zod';

/** How a value is written and which control edits it. */
export const optionTypeSchema = z.enum(['flag', 'enum', 'size', 'integer', 'text', 'path', 'command', 'wait', 'list']);
export type OptionType = z.infer<typeof optionTypeSchema>;

/** Tabs of the Preferences editor, in their order (domain reference 3.6). */
export const preferenceTabSchema = z.enum([
  'general',
  'repository',
  'backup',
  'snapshot',
  'imageSnapshot',
  'includeExclude',
  'authorization',
  'performance',
  'verification',
  'notifications',
  'regional',
  'appearance',
]);
export type PreferenceTab = z.infer<typeof preferenceTabSchema>;

/** Where an option may be set. `rule`: on an `include.image` line, for the volumes it matches. */
export const optionPlaceSchema = z.enum(['command', 'environment', 'file', 'rule']);
export type OptionPlace = z.infer<typeof optionPlaceSchema>;

/** Who said what is in force. */
export const optionSourceSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('command') }),
  z.object({ from: z.literal('environment'), variable: z.string() }),
  z.object({ from: z.literal('rule'), path: z.string(), line: z.number().int().min(1) }),
  z.object({ from: z.literal('file'), path: z.string(), line: z.number().int().min(1) }),
  z.object({ from: z.literal('default') }),
]);
export type OptionSource = z.infer<typeof optionSourceSchema>;

/** One option: its row of the table, and what holds now. Values are texts as they could be typed. */
export const optionDescriptionSchema = z.object({
  /** In lower case, the key of everything. */
  name: z.string(),
  /** The name with its guaranteed abbreviation in capitals (`IMAGEGapsize`). */
  display: z.string(),
  type: optionTypeSchema,
  /** Unit of the value where it has one (`%`, `s`, `KB`); empty otherwise. */
  unit: z.string(),
  /** Of numbers and sizes (sizes in bytes). */
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** Of `enum`. */
  values: z.array(z.string()),
  /** What may be given, in English, for errors and help. */
  allowed: z.string(),
  /** One English line. */
  help: z.string(),
  /** Empty: the engine chooses. */
  default: z.string(),
  places: z.array(optionPlaceSchema),
  /** Absent: not shown in the editor. */
  tab: preferenceTabSchema.optional(),
  /** In force now, for a run that nobody gave options. */
  value: z.string(),
  source: optionSourceSchema,
  /** What the options file says, whether or not it is in force; absent where it says nothing. */
  fileValue: z.string().optional(),
  /** Only an administrator may set it in the file, not a window or a browser (commands): shown, not editable. */
  locked: z.boolean(),
});
export type OptionDescription = z.infer<typeof optionDescriptionSchema>;

/** One `include.image` or `exclude.image` line. */
export const imageRuleSchema = z.object({
  kind: z.enum(['include.image', 'exclude.image']),
  /** Volume name or mount point; `*`, `?` and `[…]` as in file names. */
  pattern: z.string().min(1).max(4096),
  /** Of includes; empty: the default class. */
  managementClass: z.string(),
  /** Of includes: options for the volumes that match, by name, as texts. */
  options: z.record(z.string(), z.string()),
});
export type ImageRule = z.infer<typeof imageRuleSchema>;

/** A rule where it stands in the file. */
export const placedRuleSchema = imageRuleSchema.extend({ line: z.number().int().min(1) });
export type PlacedRule = z.infer<typeof placedRuleSchema>;

/** Everything that the Preferences editor shows. */
export const preferencesSchema = z.object({
  /** The options file. */
  path: z.string(),
  exists: z.boolean(),
  /** Changes whenever the file's content does; a save names the one it was made from. */
  revision: z.string(),
  options: z.array(optionDescriptionSchema),
  /** In the order of the file, top to bottom; evaluated bottom to top, the first match holds. */
  rules: z.array(placedRuleSchema),
  /** Volumes that `backup image` takes when none is named (`domain.image`). */
  domain: z.array(z.string()),
  /** Lines that make no sense and are left out, English sentences. */
  warnings: z.array(z.string()),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What a person changed. Absent parts stay as they are. */
export const preferenceChangesSchema = z.object({
  /** Option name → text. */
  set: z.record(z.string(), z.string()).optional(),
  /** Options that go back to their default: their lines leave the file. */
  unset: z.array(z.string()).optional(),
  /** All rules, in the order of the file. */
  rules: z.array(imageRuleSchema).max(1000).optional(),
  domain: z.array(z.string()).max(1000).optional(),
});
export type PreferenceChanges = z.infer<typeof preferenceChangesSchema>;

/** Why a change cannot be made. */
export const preferenceProblemSchema = z.object({
  /** The option; absent for problems of a rule as a whole. */
  option: z.string().optional(),
  /** Index among `rules`. */
  rule: z.number().int().min(0).optional(),
  /** One English sentence. */
  reason: z.string(),
  allowed: z.string(),
});
export type PreferenceProblem = z.infer<typeof preferenceProblemSchema>;

/** What the rules make of one volume. */
export const ruleTestSchema = z.object({
  volume: z.string(),
  /** In the order of evaluation (bottom of the list first), up to the first match. */
  evaluated: z.array(z.object({ rule: z.number().int().min(0), matches: z.boolean() })),
  excluded: z.boolean(),
  managementClass: z.string(),
  /** Options that backups of this volume would be made with, and who said so. */
  options: z.array(z.object({ name: z.string(), value: z.string(), source: optionSourceSchema })),
});
export type RuleTest = z.infer<typeof ruleTestSchema>;

/** What another client's options file says in our words. Nothing is changed by looking. */
export const preferenceImportSchema = z.object({
  path: z.string(),
  /** What would be set. */
  changes: preferenceChangesSchema.required({ set: true, rules: true, domain: true }),
  understood: z.array(z.object({ line: z.number().int(), text: z.string(), as: z.string() })),
  /** Lines that mean nothing here, each with an English reason. */
  notUnderstood: z.array(z.object({ line: z.number().int(), text: z.string(), reason: z.string() })),
});
export type PreferenceImport = z.infer<typeof preferenceImportSchema>;
