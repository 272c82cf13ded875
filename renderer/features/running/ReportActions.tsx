/** What can be done with a report. */
import { Button } from '@mantine/core';
import { IconFileInfo, IconListDetails } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { TaskSnapshot } from '#contract';
import { CopyTextButton } from '../../components/CopyTextButton.tsx';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { reportText } from './report-text.ts';

export function ReportActions({ task }: { task: TaskSnapshot }) {
  const { images, tasks, ui } = useStores();
  const view = useValue('ui', (state) => state.view);
  const { result, command } = task;
  const text = useMemo(() => reportText(task), [task]);
  return (
    <div className="sf-button-row">
      {result?.kind === 'backup' ? (
        <Button
          variant="default"
          leftSection={<IconFileInfo size={15} aria-hidden />}
          onClick={() => {
            tasks.getState().closeReport();
            images.getState().select(result.image.id);
            ui.getState().openDialog('file-details');
          }}
        >
          {t('running:report.fileDetails')}
        </Button>
      ) : null}
      {result?.kind === 'restore' && view !== 'activity' ? (
        <Button
          variant="default"
          leftSection={<IconListDetails size={15} aria-hidden />}
          onClick={() => {
            tasks.getState().closeReport();
            ui.getState().show('activity');
          }}
        >
          {t('running:report.openActivity')}
        </Button>
      ) : null}
      {command ? <CopyTextButton text={command} label={t('running:report.copyCommand')} /> : null}
      <CopyTextButton text={text} label={t('running:report.copyReport')} />
    </div>
  );
}
