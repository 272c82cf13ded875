/** The image file that is to be written. */
import { Button } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ImageSummary } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { targetKey } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

interface TargetFileProps {
  image: ImageSummary;
  onChoose(): void;
}

export function TargetFile({ image, onChoose }: TargetFileProps) {
  const { restore } = useStores();
  const target = useValue('restore', (state) => state.target);
  const plan = useValue('restore', (state) => (state.target ? state.plans[targetKey(state.target)] : undefined));
  const name = target?.kind === 'file' ? target.name : undefined;
  const unknown = name !== undefined && plan === undefined;

  // Coming back to this step, what was known of it may be forgotten.
  useEffect(() => {
    if (unknown) void restore.getState().chooseTarget({ kind: 'file', name });
  }, [restore, unknown, name]);

  if (name === undefined) {
    return (
      <div className="sf-stack tight">
        <p className="sf-dim">{t('restore:where.noFile')}</p>
        <Button variant="default" w="fit-content" autoFocus onClick={onChoose}>
          {t('restore:where.findFile')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <div className="sf-target" data-chosen>
        <IconFile size={16} aria-hidden />
        <span className="sf-target-body">
          <span className="sf-mono sf-break">{name}</span>
          <span className="sf-dim sf-small">
            {t('restore:where.fileSize', { size: formatBytes(image.imageSize) })}
            {plan?.value?.targetExists ? ` ${t('restore:where.fileExists')}` : ''}
          </span>
        </span>
        <Button variant="default" onClick={onChoose}>
          {t('restore:where.changeFile')}
        </Button>
      </div>
      {plan === undefined || plan.phase === 'loading' ? (
        <SkeletonRows rows={1} label={t('restore:where.checking')} />
      ) : null}
      {plan?.error ? <ErrorCard error={plan.error} /> : null}
      {plan?.value?.refusals.map((refusal) => (
        <Notice key={refusal.text} tone="bad">
          <p>
            <Sentence text={refusal.text} />
          </p>
        </Notice>
      ))}
    </>
  );
}
