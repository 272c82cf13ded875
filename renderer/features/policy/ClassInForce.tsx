/** Backup inspector: the management class of the next image, and what it means. */
import { FactList } from '../../components/FactList.tsx';
import { meaningOf } from '../../i18n/policy.ts';
import { t } from '../../i18n/t.ts';
import { classNamed } from '../../stores/policy-draft.ts';
import { useValue } from '../../stores/use-stores.ts';

/** `name`: as rules and preferences say it. */
export function ClassInForce({ name }: { name: string }) {
  const set = useValue('policy', (state) => state.policy.value?.set);
  const found = set && classNamed(set, name);
  const counts = found ?? (set && classNamed(set, set.defaultClass));
  const isUnknown = set !== undefined && !found;
  return (
    <FactList
      title={t('policy:inspector.title')}
      facts={[
        {
          label: t('policy:inspector.class'),
          value: isUnknown ? t('policy:inspector.unknown', { name, default: set.defaultClass }) : (found?.name ?? name),
        },
        ...(counts ? [{ label: t('policy:inspector.means'), value: meaningOf(counts.backup) }] : []),
      ]}
    />
  );
}
