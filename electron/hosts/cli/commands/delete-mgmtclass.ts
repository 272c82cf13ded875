/** `delete mgmtclass NAME`. */
import { EngineError } from '#engine/base/errors.ts';
import { findClass, sameClassName } from '#engine/policy/classes/find-class.ts';
import type { CommandContext } from '../command-context.ts';
import { confirmDeletion } from '../confirm.ts';
import type { ReturnCode } from '../exit-codes.ts';
import { plural } from '../figures.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { operands, output, repository, engine, cancellation } = context;
  const [name = ''] = operands;
  await repository.open();
  const { set, revision } = await cancellation.race(engine.policy.describe());
  const found = findClass(set, name);
  if (found === undefined) throw new EngineError('MANAGEMENT_CLASS_UNKNOWN', { managementClass: name });
  if (sameClassName(found.name, set.defaultClass)) {
    throw new EngineError('POLICY_INVALID', {
      reason: `${found.name} is the default management class.`,
      remedy: 'Make another one the default first: “stillframe set mgmtclass NAME -default”.',
    });
  }
  const images = await cancellation.race(engine.listImages());
  const bound = images.filter(
    ({ mgmtClass, origin }) => origin === 'stillframe' && sameClassName(mgmtClass, found.name),
  );
  const follow = `${plural(bound.length, 'image')} bound to ${found.name} will follow the default class ${set.defaultClass}.`;
  await confirmDeletion(context, bound.length > 0 ? [follow] : [], `Delete the management class ${found.name}?`);
  const classes = set.classes.filter((one) => one !== found);
  const policy = await engine.policy.save({ revision, set: { ...set, classes } });
  output.json({ deleted: found.name, images: bound.map(({ id }) => id), policy });
  output.result(
    `The management class ${found.name} was removed.`,
    ...(bound.length > 0 ? [follow] : []),
    `Version ${policy.version} of the policy is in force.`,
  );
  return output.worst;
}
