/** Deactivates the volume of the selected image, after saying what becomes of its images. */
import { Button, Modal } from '@mantine/core';
import { useEffect } from 'react';
import type { ImageSummary } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { meaningOf, onceDeactivated } from '../../i18n/policy.ts';
import { t } from '../../i18n/t.ts';
import { classNamed } from '../../stores/policy-draft.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { useSelectedImage } from './use-selected-image.ts';

/** The class that counts for the image's volume, in words. */
function useClassWords(image: ImageSummary): string {
  const set = useValue('policy', (state) => state.policy.value?.set);
  const bound = useValue('retention', (state) => state.decisions.value[image.id]?.managementClass) ?? image.mgmtClass;
  if (!set) return '';
  const one = classNamed(set, bound) ?? classNamed(set, set.defaultClass);
  if (!one) return '';
  const meaning = one.backup ? onceDeactivated(one.backup) : meaningOf(undefined);
  return t('retention:deactivate.means', { name: one.name, meaning });
}

function Form({ image, onClose }: { image: ImageSummary; onClose(): void }) {
  const { retention } = useStores();
  const { busy, failure } = useValue('retention', (state) => state);
  const words = useClassWords(image);
  const { volume, hostname } = image;
  return (
    <div className="sf-stack">
      <p>
        <span className="sf-mono sf-break">{volume}</span> <span className="sf-dim">· {hostname}</span>
      </p>
      <Notice tone="warn">
        <p>{t('retention:deactivate.about')}</p>
        {words === '' ? null : <p>{words}</p>}
      </Notice>
      {failure ? <ErrorCard error={failure} /> : null}
      <div className="sf-button-row end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('retention:deactivate.keep')}
        </Button>
        <Button
          color="red"
          loading={busy}
          onClick={() =>
            void retention
              .getState()
              .deactivate(volume, hostname)
              .then((done) => done && onClose())
          }
        >
          {t('retention:deactivate.button', { volume: volume.split('/').at(-1) ?? volume })}
        </Button>
      </div>
    </div>
  );
}

export function DeactivateDialog() {
  const { retention, ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'deactivate');
  const image = useSelectedImage();
  useEffect(() => {
    if (opened) retention.getState().clearFailure();
  }, [opened, retention]);
  const close = () => ui.getState().closeDialog();
  return (
    <Modal
      opened={opened && image !== null}
      onClose={close}
      title={t('retention:deactivate.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={520}
    >
      {image ? <Form image={image} onClose={close} /> : null}
    </Modal>
  );
}
