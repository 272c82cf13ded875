/** Changes of a policy in words. */
import { groupValue } from '../../i18n/policy.ts';
import { countOf } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import type { PolicyChange } from '../../stores/policy-draft.ts';

/** One change as one line. `bound`: how many volumes are bound to a class. */
export function changeWords(change: PolicyChange, bound: (name: string) => number): string {
  switch (change.kind) {
    case 'field':
      return t('policy:change.field', {
        name: change.name,
        field: t(`policy:field.${change.field}`),
        before: groupValue(change.before),
        after: groupValue(change.after),
      });
    case 'default':
      return t('policy:change.default', { before: change.before, after: change.after });
    case 'grace':
      return t('policy:change.grace', { before: groupValue(change.before), after: groupValue(change.after) });
    case 'removed': {
      const count = bound(change.name);
      return count === 0
        ? t('policy:change.removed', { name: change.name })
        : t('policy:change.removedBound', { name: change.name, volumes: countOf(count, 'volume') });
    }
    default:
      return t(`policy:change.${change.kind}`, { name: change.name });
  }
}
