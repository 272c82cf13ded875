/** `query mgmtclass [CLASS] [-detail]`. */
import { EngineError } from '#engine/base/errors.ts';
import { findClass, sameClassName } from '#engine/policy/classes/find-class.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { classLines, historyLines, policyLines } from '../text/policy-text.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, options, output, repository, engine, cancellation } = context;
  const [name] = operands;
  await repository.open();
  const policy = await cancellation.race(engine.policy.describe());
  const { set } = policy;
  const named = name === undefined ? undefined : findClass(set, name);
  if (name !== undefined && named === undefined) {
    throw new EngineError('MANAGEMENT_CLASS_UNKNOWN', {
      managementClass: name,
      reason: `The policy of this repository has the classes ${set.classes.map((one) => one.name).join(', ')}.`,
    });
  }
  const { detail } = options.values;
  const history = detail ? await cancellation.race(engine.policy.history()) : undefined;
  const classes = named ? [named] : set.classes;
  output.json({
    ...policy,
    set: { ...set, classes },
    ...(history ? { history } : {}),
  });
  if (policy.doubt !== undefined) output.warning(`${policy.doubt} Nothing expires until it is saved again.`);
  output.result(...policyLines(policy, repository.location));
  for (const one of classes) {
    output.result('', ...classLines(one, { detail, isDefault: sameClassName(one.name, set.defaultClass) }));
  }
  if (history) output.result(...historyLines(history));
  return output.worst;
}
