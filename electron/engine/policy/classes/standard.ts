/** The policy of a repository in which none was saved: the field's own defaults (domain reference, 4.8). */
import type { BackupCopyGroup, ManagementClass, Policy, PolicySet } from '#contract';
import { DEFAULT_MANAGEMENT_CLASS } from '../table/backup.ts';

export const STANDARD_COPY_GROUP: BackupCopyGroup = {
  verExists: 2,
  verDeleted: 1,
  retExtra: 30,
  retOnly: 60,
  mode: 'modified',
  serialization: 'shrstatic',
  changingRetries: 4,
};

export const STANDARD_CLASS: ManagementClass = {
  name: DEFAULT_MANAGEMENT_CLASS,
  description: 'Installed default management class.',
  backup: STANDARD_COPY_GROUP,
};

/** Days that an image is kept whose class has no copy group, where nobody said otherwise. */
export const STANDARD_GRACE_DAYS = 30;

export const STANDARD_POLICY_SET: PolicySet = {
  classes: [STANDARD_CLASS],
  defaultClass: DEFAULT_MANAGEMENT_CLASS,
  graceRetention: STANDARD_GRACE_DAYS,
};

/** Revision of the policy that nobody saved. */
export const STANDARD_REVISION = 'standard';

/** The policy in force until one is saved. */
export const STANDARD_POLICY: Policy = { set: STANDARD_POLICY_SET, revision: STANDARD_REVISION, version: 0 };
