/** Copies a text, and says so for a moment without changing its width. */
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../../i18n/t.ts';

export function CopyTextButton({ text, label }: { text: string; label: string }) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-xs"
          w="fit-content"
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={copy}
        >
          {label}
          <span className="sf-unseen" role="status">
            {copied ? t('details:copied') : ''}
          </span>
        </Button>
      )}
    </CopyButton>
  );
}
