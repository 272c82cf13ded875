/** The class that an image is going to be bound to. */
import type { BackupCopyGroup, PolicySet } from '#contract';
import { EngineError } from '../base/errors.ts';
import { findClass } from '../policy/classes/find-class.ts';
import { STANDARD_COPY_GROUP } from '../policy/classes/standard.ts';

export interface BoundClass {
  /** As the policy writes it. */
  name: string;
  group: BackupCopyGroup;
  /** `MANAGEMENT_CLASS_UNKNOWN`, `MANAGEMENT_CLASS_UNUSABLE`; `group` is then of no use. */
  unbindable: EngineError | undefined;
}

/** `named`: what was said for the run or the volume; `undefined`: nothing, so the default class is meant. */
export function boundClass(set: PolicySet, named: string | undefined): BoundClass {
  const name = named ?? set.defaultClass;
  const found = findClass(set, name);
  const group = found?.backup ?? STANDARD_COPY_GROUP;
  if (found?.backup) return { name: found.name, group, unbindable: undefined };
  const usable = set.classes.filter(({ backup }) => backup !== undefined).map((one) => one.name);
  const details = { managementClass: found?.name ?? name, classes: usable };
  const remedy = `Use one of ${usable.join(', ')}, or save a class of that name first.`;
  if (found === undefined) {
    const reason = `The policy of this repository has no management class ${name}.`;
    return { name, group, unbindable: new EngineError('MANAGEMENT_CLASS_UNKNOWN', { ...details, reason, remedy }) };
  }
  const reason = `The management class ${found.name} has no backup copy group, so no image can be bound to it.`;
  const remedyOfFound = `Use one of ${usable.join(', ')}, or give it a copy group.`;
  return {
    name: found.name,
    group,
    unbindable: new EngineError('MANAGEMENT_CLASS_UNUSABLE', { ...details, reason, remedy: remedyOfFound }),
  };
}
