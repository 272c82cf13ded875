/** `set mgmtclass NAME [-verexists=…] …`. */
import type { BackupCopyGroup, ManagementClass, PolicySet } from '#contract';
import { MANAGEMENT_CLASS_NAME } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import { policyChanges } from '#engine/policy/classes/diff.ts';
import { findClass, sameClassName } from '#engine/policy/classes/find-class.ts';
import { STANDARD_COPY_GROUP } from '#engine/policy/classes/standard.ts';
import type { OptionName, OptionValues } from '#engine/policy/options.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

const GROUP_OPTIONS = [
  'verexists',
  'verdeleted',
  'retextra',
  'retonly',
  'copymode',
  'serialization',
  'changingretries',
] as const satisfies readonly OptionName[];

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation } = context;
  const [name = ''] = operands;
  if (!MANAGEMENT_CLASS_NAME.test(name)) {
    const reason = `“${name}” is no name of a class: those have 1 to 30 letters, digits, dots, underscores or hyphens.`;
    throw new EngineError('COMMAND_INVALID', { reason, remedy: 'Choose another name.' });
  }
  await repository.open();
  const { set: before, revision } = await cancellation.race(engine.policy.describe());
  const set = changed(before, name, context);
  const changes = policyChanges(before, set);
  // Also without a change: after a version was lost, saving again is what lets images expire.
  const policy = options.values.preview ? undefined : await engine.policy.save({ revision, set });
  const isSaved = policy !== undefined && policy.revision !== revision;
  if (isSaved && changes.length === 0) changes.push('The policy was saved again as it was.');
  output.json({ saved: isSaved, changes, ...(isSaved ? { policy } : { set }) });
  if (changes.length === 0) output.result('Nothing was to be changed.');
  else if (isSaved) output.result(...changes, `Version ${policy.version} of the policy is in force.`);
  else
    output.result('Nothing was saved. Without -preview the history would say:', ...changes.map((line) => `  ${line}`));
  return output.worst;
}

function changed(set: PolicySet, name: string, { options }: CommandContext): PolicySet {
  const { values } = options;
  const old = findClass(set, name);
  const backup = groupOf(set, old, values, options.sources.copygroup.from === 'command');
  const one: ManagementClass = {
    name: old?.name ?? name,
    description: values.description ?? old?.description ?? '',
    ...(backup ? { backup } : {}),
  };
  const classes = old
    ? set.classes.map((candidate) => (sameClassName(candidate.name, name) ? one : candidate))
    : [...set.classes, one];
  return {
    classes,
    defaultClass: values.default ? one.name : set.defaultClass,
    graceRetention: values.graceretention ?? set.graceRetention,
  };
}

function groupOf(
  set: PolicySet,
  old: ManagementClass | undefined,
  values: OptionValues,
  saysCopyGroup: boolean,
): BackupCopyGroup | undefined {
  const isTold = GROUP_OPTIONS.some((option) => values[option] !== undefined);
  if (!values.copygroup) {
    if (!isTold) return undefined;
    throw new EngineError('OPTION_INVALID', {
      option: 'copygroup',
      reason: 'A class without copy group has no attributes of one.',
    });
  }
  if (old && old.backup === undefined && !isTold && !saysCopyGroup) return undefined;
  const base = old?.backup ?? findClass(set, set.defaultClass)?.backup ?? STANDARD_COPY_GROUP;
  return {
    verExists: values.verexists ?? base.verExists,
    verDeleted: values.verdeleted ?? base.verDeleted,
    retExtra: values.retextra ?? base.retExtra,
    retOnly: values.retonly ?? base.retOnly,
    mode: values.copymode ?? base.mode,
    serialization: values.serialization ?? base.serialization,
    changingRetries: values.changingretries ?? base.changingRetries,
  };
}
