/** Backup inspector: the management class of the next image, and what it means. */
import { FactList } from '../../components/FactList.tsx';
import { meaningOf } from '../../i18n/policy.ts';
import { t } from '../../i18n/t.ts';
import { classNamed } from '../../stores/policy-draft.ts';
import { useValue } from '../../stores/use-stores.ts';

/** `named`: as rules and preferences say it; empty: they say nothing, so the default class is meant. */
export function ClassInForce({ named }: { named: string }) {
  const set = useValue('policy', (state) => state.policy.value?.set);
  const name = named === '' ? (set?.defaultClass ?? '') : named;
  const found = set && classNamed(set, name);
  const isUnknown = set !== undefined && !found;
  return (
    <FactList
      title={t('policy:inspector.title')}
      facts={[
        {
          label: t('policy:inspector.class'),
          value: isUnknown ? t('policy:inspector.unknown', { name }) : (found?.name ?? name),
        },
        ...(found ? [{ label: t('policy:inspector.means'), value: meaningOf(found.backup) }] : []),
      ]}
    />
  );
}
