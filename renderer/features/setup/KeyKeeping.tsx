/** A recovery key with everything that helps to keep it: copy, print, save. */
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconDeviceFloppy, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { saveFile } from '../../components/save-file.ts';
import { t } from '../../i18n/t.ts';
import { useValue } from '../../stores/use-stores.ts';
import { RecoverySheet } from './RecoverySheet.tsx';
import { sheetText } from './recovery-sheet.ts';

export function KeyKeeping({ recoveryKey }: { recoveryKey: string }) {
  const status = useValue('repository', (state) => state.status.value);
  const nodeName = useValue('system', (state) => state.description.value?.nodeName ?? '');
  const [printedAt] = useState(() => new Date().toISOString());
  const facts = {
    recoveryKey,
    location: status?.location ?? '',
    repositoryId: status?.id ?? '',
    nodeName,
    printedAt,
  };
  return (
    <>
      <div className="sf-recovery">
        <code className="sf-selectable" data-testid="recovery-key">
          {recoveryKey}
        </code>
        <CopyButton value={recoveryKey} timeout={1500}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
              onClick={copy}
            >
              {copied ? t('setup:recovery.copied') : t('setup:recovery.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <div className="sf-button-row">
        <Button
          variant="default"
          leftSection={<IconPrinter size={15} aria-hidden />}
          title={t('setup:recovery.printHint')}
          onClick={() => window.print()}
        >
          {t('setup:recovery.print')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={15} aria-hidden />}
          onClick={() =>
            saveFile({
              fileName: 'stillframe-recovery-sheet.txt',
              mediaType: 'text/plain',
              text: sheetText(facts),
            })
          }
        >
          {t('setup:recovery.save')}
        </Button>
      </div>
      <Notice tone="warn" title={t('setup:recovery.onlyNow')}>
        <p>{t('setup:recovery.warning')}</p>
      </Notice>
      <RecoverySheet facts={facts} />
    </>
  );
}
