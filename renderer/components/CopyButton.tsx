/** Copies one value; says so for a moment. */
import { ActionIcon, CopyButton as Copy } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../i18n/t.ts';

export function CopyButton({ value, what }: { value: string; what: string }) {
  return (
    <Copy value={value} timeout={1500}>
      {({ copied, copy }) => (
        <ActionIcon
          size={22}
          onClick={copy}
          aria-label={t(copied ? 'copy.done' : 'copy.action', { what })}
          title={t('copy.action', { what })}
        >
          {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </ActionIcon>
      )}
    </Copy>
  );
}
