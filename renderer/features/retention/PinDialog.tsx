/** Pins the selected image, with a reason, or takes the pin away. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ImageSummary } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { exactTime, relativeTime } from '../../i18n/instants.ts';
import { t } from '../../i18n/t.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { useSelectedImage } from './use-selected-image.ts';

const MAX_REASON = 255;

function Form({ image, onClose }: { image: ImageSummary; onClose(): void }) {
  const { retention } = useStores();
  const { busy, failure } = useValue('retention', (state) => state);
  const [reason, setReason] = useState('');
  const now = useNow();
  const { pinned } = image;

  async function apply(): Promise<void> {
    if (await retention.getState().pin(image.id, pinned === undefined, reason.trim())) onClose();
  }

  return (
    <form
      className="sf-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <p>
        <span className="sf-mono">{image.volume}</span> · {exactTime(image.time)}
      </p>
      {pinned ? (
        <>
          <p>
            {t('retention:pin.pinned', { ago: relativeTime(pinned.at, now) })}:{' '}
            <strong>{pinned.reason || t('retention:pin.noReason')}</strong>
          </p>
          <p className="sf-dim">{t('retention:pin.unpinAbout')}</p>
        </>
      ) : (
        <>
          <p className="sf-dim">{t('retention:pin.about')}</p>
          <TextInput
            label={t('retention:pin.reason')}
            description={t('retention:pin.reasonHelp')}
            value={reason}
            maxLength={MAX_REASON}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
      {failure ? <ErrorCard error={failure} /> : null}
      <div className="sf-button-row end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t(pinned ? 'retention:pin.unpin' : 'retention:pin.pin')}
        </Button>
      </div>
    </form>
  );
}

export function PinDialog() {
  const { retention, ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'pin');
  const image = useSelectedImage();
  useEffect(() => {
    if (opened) retention.getState().clearFailure();
  }, [opened, retention]);
  const close = () => ui.getState().closeDialog();
  return (
    <Modal
      opened={opened && image !== null}
      onClose={close}
      title={t(image?.pinned ? 'retention:pin.unpinTitle' : 'retention:pin.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={480}
    >
      {image ? <Form image={image} onClose={close} /> : null}
    </Modal>
  );
}
