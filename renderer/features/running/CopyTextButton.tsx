/** A button that copies a text and says so without changing its size. */
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../../i18n/t.ts';

export function CopyTextButton({ text, label }: { text: string; label: string }) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          title={text.length < 400 ? text : undefined}
          leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          onClick={copy}
        >
          {label}
          <span className="sf-unseen" role="status">
            {copied ? t('running:report.copied') : ''}
          </span>
        </Button>
      )}
    </CopyButton>
  );
}
