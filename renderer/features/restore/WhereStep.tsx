/** Step 2: the target, a volume or a file. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ImageSummary } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { t } from '../../i18n/t.ts';
import { allowedPlan } from '../../stores/restore-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { PathChooser } from '../browse/PathChooser.tsx';
import { TargetFile } from './TargetFile.tsx';
import { TargetVolumes } from './TargetVolumes.tsx';

/** `home.img`, whatever the label holds. */
function suggestedName({ fsLabel, volume }: ImageSummary): string {
  const name = (fsLabel || (volume.split('/').at(-1) ?? '')).replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${(name || 'volume').replace(/\.img$/, '')}.img`;
}

export function WhereStep({ image }: { image: ImageSummary }) {
  const { restore } = useStores();
  const destination = useValue('restore', (state) => state.destination);
  const target = useValue('restore', (state) => state.target);
  const plan = useValue('restore', allowedPlan);
  const [choosing, setChoosing] = useState(false);
  // Choosing a file needs the whole dialog, and has buttons of its own.
  if (choosing) {
    return (
      <PathChooser
        kind="file"
        newFileName={suggestedName(image)}
        submitLabel={t('restore:where.chooseFile')}
        initialPath={target?.kind === 'file' ? target.name : ''}
        onCancel={() => setChoosing(false)}
        onSubmit={(path) => {
          setChoosing(false);
          void restore.getState().chooseTarget({ kind: 'file', name: path });
        }}
      />
    );
  }
  return (
    <div className="sf-restore-step tight">
      {destination === 'volume' ? (
        <TargetVolumes image={image} />
      ) : (
        <TargetFile image={image} onChoose={() => setChoosing(true)} />
      )}
      {plan?.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          <p>
            <Sentence text={warning} />
          </p>
        </Notice>
      ))}
      <div className="sf-button-row end">
        <Button
          variant="default"
          // Without a file there is a button that leads on.
          autoFocus={destination === 'volume' || target?.kind === 'file'}
          onClick={() => restore.getState().goTo('what')}
        >
          {t('restore:dialog.back')}
        </Button>
        <Button disabled={!plan} onClick={() => restore.getState().goTo('confirm')}>
          {t('restore:dialog.nextConfirm')}
        </Button>
      </div>
    </div>
  );
}
