/** The volumes that could be overwritten, those that fit first. */
import { Select } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { ImageSummary } from '#contract';
import { t } from '../../i18n/t.ts';
import { targetKey } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { useVolumeWatch } from '../backup/use-volume-watch.ts';
import { TargetCandidate } from './TargetCandidate.tsx';
import { orderTargets, TARGET_ORDERS, type TargetOrder, widestStrip } from './targets.ts';

export function TargetVolumes({ image }: { image: ImageSummary }) {
  const { restore } = useStores();
  const volumes = useValue('volumes', (state) => state.list.value);
  const plans = useValue('restore', (state) => state.plans);
  const target = useValue('restore', (state) => state.target);
  const [order, setOrder] = useState<TargetOrder>('fitness');
  const fitting = useMemo(() => orderTargets(volumes, image), [volumes, image]);
  const candidates = useMemo(() => orderTargets(volumes, image, order), [volumes, image, order]);
  const widest = widestStrip(candidates, image.imageSize);

  // Somebody plugs in the target, or unmounts it as they were told to.
  useVolumeWatch();

  useEffect(() => {
    void restore.getState().surveyTargets(fitting.map((volume) => volume.name));
  }, [restore, fitting]);

  if (candidates.length === 0) return <p className="sf-dim">{t('restore:where.none')}</p>;
  return (
    <>
      <div className="sf-targets-head">
        <span id="restore-targets">{t('restore:where.target')}</span>
        <Select
          aria-label={t('restore:where.order')}
          value={order}
          w={170}
          data={TARGET_ORDERS.map((value) => ({ value, label: t(`restore:where.orders.${value}`) }))}
          onChange={(value) => setOrder(TARGET_ORDERS.find((each) => each === value) ?? 'fitness')}
        />
      </div>
      <div role="radiogroup" className="sf-targets" aria-labelledby="restore-targets">
        {candidates.map((volume) => (
          <TargetCandidate
            key={volume.name}
            volume={volume}
            image={image}
            plan={plans[targetKey({ kind: 'volume', name: volume.name })]}
            widest={widest}
            chosen={target?.kind === 'volume' && target.name === volume.name}
            onChoose={() => void restore.getState().chooseTarget({ kind: 'volume', name: volume.name })}
          />
        ))}
      </div>
    </>
  );
}
