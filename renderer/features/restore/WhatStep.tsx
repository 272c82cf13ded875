/** Step 1: what is restored, and what happens to free space. */
import { Button, Checkbox, Radio } from '@mantine/core';
import { freeSpaceHandlingSchema, type ImageSummary } from '#contract';
import { Notice } from '../../components/Notice.tsx';
import { exactTime } from '../../i18n/instants.ts';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { CONSISTENCY_WORDS } from '../../i18n/words.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

const FREE_SPACE = {
  skip: { label: 'Leave it as it is', help: 'Fastest. Old data stays readable in free blocks of the target.' },
  zero: { label: 'Fill it with zeros', help: 'Slower. Nothing old remains readable.' },
  discard: { label: 'Discard it', help: 'Tells an SSD that the blocks are free. Needs a target that can do it.' },
} as const;

export function WhatStep({ image }: { image: ImageSummary }) {
  const { restore } = useStores();
  const freeSpace = useValue('restore', (state) => state.freeSpace);
  const verify = useValue('restore', (state) => state.verify);
  return (
    <div className="sf-stack">
      <div className="sf-summary">
        <strong>Whole volume</strong>
        <span title={`${exactBytes(image.usedSize)} used of ${exactBytes(image.imageSize)}`}>
          {formatBytes(image.usedSize)} used of {formatBytes(image.imageSize)} · {image.fsType} ·{' '}
          {CONSISTENCY_WORDS[image.consistency]}
        </span>
        <span className="sf-dim sf-small">
          Image of <span className="sf-mono">{image.volume}</span> of {exactTime(image.time)}
        </span>
      </div>
      {image.consistency === 'fuzzy' ? (
        <Notice tone="warn">
          <p>This image is fuzzy: check and repair the file system after the restore, before you mount it.</p>
        </Notice>
      ) : null}
      {image.unreadableBytes > 0 ? (
        <Notice tone="warn">
          <p>
            {formatBytes(image.unreadableBytes)} of the volume could not be read when the image was made. They are
            restored as zeros.
          </p>
        </Notice>
      ) : null}
      <Radio.Group
        label="Free space of the volume"
        value={freeSpace}
        onChange={(value) => {
          const parsed = freeSpaceHandlingSchema.safeParse(value);
          if (parsed.success) restore.getState().setFreeSpace(parsed.data);
        }}
      >
        <div className="sf-stack tight sf-radio-stack">
          {freeSpaceHandlingSchema.options.map((value) => (
            <Radio key={value} value={value} label={FREE_SPACE[value].label} description={FREE_SPACE[value].help} />
          ))}
        </div>
      </Radio.Group>
      <Checkbox
        label="Verify by read-back"
        description="Reads everything back from the target and compares it with the image’s checksums."
        checked={verify}
        onChange={(event) => restore.getState().setVerify(event.currentTarget.checked)}
      />
      <div className="sf-button-row end">
        <Button variant="default" onClick={() => restore.getState().close()}>
          Cancel
        </Button>
        <Button data-autofocus autoFocus onClick={() => restore.getState().goTo('where')}>
          Next: where
        </Button>
      </div>
    </div>
  );
}
