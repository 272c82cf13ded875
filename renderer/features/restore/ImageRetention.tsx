/** What becomes of an image, in words next to it, and the way back where it is deleted. */
import { Button } from '@mantine/core';
import { IconPin, IconTrash } from '@tabler/icons-react';
import type { ImageSummary, RetentionDecision } from '#contract';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { exactTime, relativeTime } from '../../i18n/instants.ts';
import { retentionWords } from '../../i18n/retention.ts';
import { t } from '../../i18n/t.ts';

interface ImageRetentionProps {
  image: ImageSummary;
  /** Undefined until policy was asked. */
  decision: RetentionDecision | undefined;
  now: number;
  onUndelete(id: string): void;
}

export function ImageRetention({ image, decision, now, onUndelete }: ImageRetentionProps) {
  const { pinned, deletedAt } = image;
  const reason = pinned?.reason ? ` (${pinned.reason})` : '';
  const words = `${decision ? retentionWords(decision, now) : ''}${reason}`;
  return (
    <>
      {pinned ? <StatusBadge icon={IconPin} tone="info" word={t('retention:pin.badge')} hint={pinned.reason} /> : null}
      {deletedAt === undefined ? null : (
        <StatusBadge
          icon={IconTrash}
          tone="warn"
          word={t('retention:delete.badge')}
          hint={relativeTime(deletedAt, now)}
        />
      )}
      <span className={decision && !decision.keep ? 'sf-clip sf-warn' : 'sf-clip sf-dim'} title={words}>
        {words}
      </span>
      {deletedAt === undefined ? null : (
        <Button
          variant="default"
          size="compact-xs"
          className="sf-undelete"
          // The row has the keys; the menu of the image has it for the keyboard.
          tabIndex={-1}
          aria-label={t('retention:delete.undeleteNamed', { time: exactTime(image.time) })}
          onClick={(event) => {
            event.stopPropagation();
            onUndelete(image.id);
          }}
        >
          {t('retention:delete.undelete')}
        </Button>
      )}
    </>
  );
}
