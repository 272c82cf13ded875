/** Step 1: what is restored, onto what kind of target, and what happens to free space. */
import { Button, Checkbox, Radio } from '@mantine/core';
import { freeSpaceHandlingSchema, type ImageSummary } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ImageSummaryCard } from './ImageSummaryCard.tsx';

function Destination({ image }: { image: ImageSummary }) {
  const { restore } = useStores();
  const destination = useValue('restore', (state) => state.destination);
  return (
    <Radio.Group
      label={t('restore:what.destination')}
      value={destination}
      onChange={(value) => restore.getState().setDestination(value === 'file' ? 'file' : 'volume')}
    >
      <div className="sf-stack tight sf-radio-stack">
        <Radio value="volume" label={t('restore:what.volume')} description={t('restore:what.volumeHelp')} />
        <Radio
          value="file"
          label={t('restore:what.file')}
          description={t('restore:what.fileHelp', { size: formatBytes(image.imageSize) })}
        />
      </div>
    </Radio.Group>
  );
}

function FreeSpace({ image }: { image: ImageSummary }) {
  const { restore } = useStores();
  const freeSpace = useValue('restore', (state) => state.freeSpace);
  const free = formatBytes(Math.max(0, image.imageSize - image.usedSize));
  return (
    <Radio.Group
      label={t('restore:what.freeSpace')}
      value={freeSpace}
      onChange={(value) => {
        const parsed = freeSpaceHandlingSchema.safeParse(value);
        if (parsed.success) restore.getState().setFreeSpace(parsed.data);
      }}
    >
      <div className="sf-stack tight sf-radio-stack">
        {freeSpaceHandlingSchema.options.map((value) => (
          <Radio
            key={value}
            value={value}
            label={t(`restore:what.${value}`)}
            description={t(`restore:what.${value}Help`, { free })}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

export function WhatStep({ image }: { image: ImageSummary }) {
  const { restore } = useStores();
  const verify = useValue('restore', (state) => state.verify);
  return (
    <div className="sf-restore-step">
      <ImageSummaryCard image={image} />
      {image.consistency === 'fuzzy' || image.origin === 'restic' ? (
        <Notice tone="warn">
          <p>{t(image.origin === 'restic' ? 'restore:state.unknownHelp' : 'restore:what.fuzzy')}</p>
        </Notice>
      ) : null}
      {image.unreadableBytes > 0 ? (
        <Notice tone="warn">
          <p>{t('restore:what.unreadable', { size: formatBytes(image.unreadableBytes) })}</p>
        </Notice>
      ) : null}
      <div className="sf-what-choices">
        <Destination image={image} />
        <FreeSpace image={image} />
      </div>
      <Checkbox
        label={t('restore:what.verify')}
        description={t('restore:what.verifyHelp')}
        checked={verify}
        onChange={(event) => restore.getState().setVerify(event.currentTarget.checked)}
      />
      <div className="sf-button-row end">
        <Button variant="default" onClick={() => restore.getState().close()}>
          {t('cancel')}
        </Button>
        <Button data-autofocus autoFocus onClick={() => restore.getState().goTo('where')}>
          {t('restore:dialog.nextWhere')}
        </Button>
      </div>
    </div>
  );
}
