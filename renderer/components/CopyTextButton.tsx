/** A button that copies a text and says so without changing its size. */
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../i18n/t.ts';

/** Longer ones fill the screen as a tooltip. */
const LONGEST_TITLE = 400;

interface CopyTextButtonProps {
  text: string;
  label: string;
  /** Said by screen readers instead of the label, where several buttons have the same. */
  spoken?: string;
  /** For places where space is short. */
  compact?: boolean;
}

export function CopyTextButton({ text, label, spoken, compact = false }: CopyTextButtonProps) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          {...(compact ? { size: 'compact-xs', w: 'fit-content' } : {})}
          aria-label={spoken}
          title={text.length < LONGEST_TITLE ? text : undefined}
          leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          onClick={copy}
        >
          {label}
          <span className="sf-unseen" role="status">
            {copied ? t('common:copied') : ''}
          </span>
        </Button>
      )}
    </CopyButton>
  );
}
