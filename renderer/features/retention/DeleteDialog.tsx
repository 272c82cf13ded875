/** Delete backup: which images, what cannot be undone, and the volume's name where no image of it remains. */
import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Trans } from 'react-i18next';
import type { ImageSummary } from '#contract';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { countOf } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { DELETE_CHOICES, type DeleteChoice, deletionOf } from './delete-choice.ts';
import { useSelectedImage } from './use-selected-image.ts';

function Form({ image, onClose }: { image: ImageSummary; onClose(): void }) {
  const { retention } = useStores();
  const images = useValue('images', (state) => state.list.value);
  const { busy, failure } = useValue('retention', (state) => state);
  const [choice, setChoice] = useState<DeleteChoice>('this');
  const [typed, setTyped] = useState('');
  const { volume } = image;
  const { ids, pinned, takesLast } = deletionOf(choice, image, images);
  const confirmed = !takesLast || typed === volume;

  async function apply(): Promise<void> {
    if (ids.length === 0 || !confirmed) return;
    if (await retention.getState().deleteImages(ids)) onClose();
  }

  return (
    <form
      className="sf-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <Radio.Group
        label={t('retention:delete.which')}
        value={choice}
        onChange={(next) => setChoice(DELETE_CHOICES.find((each) => each === next) ?? 'this')}
      >
        <div className="sf-radio-column">
          <Radio value="this" label={t('retention:delete.this')} description={`${volume} · ${exactTime(image.time)}`} />
          <Radio value="inactive" label={t('retention:delete.inactive', { volume })} />
          <Radio value="all" label={t('retention:delete.all', { volume })} />
        </div>
      </Radio.Group>
      <Notice tone="warn" {...(takesLast ? { title: t('retention:delete.last', { volume }) } : {})}>
        <p>{t('retention:delete.about')}</p>
        {pinned.length > 0 ? <p>{t('retention:delete.pinned', { images: countOf(pinned.length, 'image') })}</p> : null}
        {ids.length === 0 && pinned.length === 0 ? <p>{t('retention:delete.nothing')}</p> : null}
      </Notice>
      {takesLast ? (
        <TextInput
          label={
            <Trans
              t={t}
              i18nKey="retention:delete.type"
              values={{ volume }}
              components={{ 1: <span className="sf-mono sf-break" /> }}
            />
          }
          aria-label={t('retention:delete.typeLabel', { volume })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
      {failure ? <ErrorCard error={failure} /> : null}
      <div className="sf-button-row end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" color="red" loading={busy} disabled={ids.length === 0 || !confirmed}>
          {t('retention:delete.button', { count: ids.length })}
        </Button>
      </div>
    </form>
  );
}

export function DeleteDialog() {
  const { retention, ui } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'delete-backup');
  const image = useSelectedImage();
  useEffect(() => {
    if (opened) retention.getState().clearFailure();
  }, [opened, retention]);
  const close = () => ui.getState().closeDialog();
  return (
    <Modal
      opened={opened && image !== null}
      onClose={close}
      title={t('retention:delete.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={520}
    >
      {image ? <Form key={image.id} image={image} onClose={close} /> : null}
    </Modal>
  );
}
