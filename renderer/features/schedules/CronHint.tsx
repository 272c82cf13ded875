/** The line that starts a schedule where there are no timers. */
import type { Schedule } from '#contract';
import { CopyTextButton } from '../../components/CopyTextButton.tsx';
import { t } from '../../i18n/t.ts';
import { definitionOf, draftOf } from './schedule-draft.ts';
import { usePreview } from './use-preview.ts';

export function CronHint({ schedule }: { schedule: Schedule }) {
  const { preview } = usePreview(definitionOf(draftOf(schedule)));
  const line = preview?.cron.split('\n').find((one) => one !== '' && !one.startsWith('#'));
  return (
    <div className="sf-schedule-cron">
      <p className="sf-small">{t('schedules:cronHint')}</p>
      <code className="sf-command sf-selectable">{line ?? '…'}</code>
      {line === undefined ? null : <CopyTextButton compact text={line} label={t('schedules:copyLine')} />}
    </div>
  );
}
