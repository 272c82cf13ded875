/** Asks before a schedule is removed. */
import { Button, Modal } from '@mantine/core';
import type { Schedule } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores } from '../../stores/use-stores.ts';
import { whatWords, whenWords } from './schedule-words.ts';

interface RemoveScheduleProps {
  /** `null`: nothing is asked. */
  schedule: Schedule | null;
  onClose(): void;
}

export function RemoveSchedule({ schedule, onClose }: RemoveScheduleProps) {
  const { schedules } = useStores();
  return (
    <Modal
      opened={schedule !== null}
      onClose={onClose}
      title={t('schedules:removeTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={480}
    >
      {schedule === null ? null : (
        <div className="sf-stack">
          <div>
            <p className="sf-mono">{schedule.name}</p>
            <p className="sf-break">{whatWords(schedule)}</p>
            <p className="sf-dim sf-small">{whenWords(schedule)}</p>
          </div>
          <p>{t('schedules:removeMeaning')}</p>
          {schedule.startedBy === 'cron' && schedule.state !== 'missing' ? <p>{t('schedules:removeCron')}</p> : null}
          <div className="sf-button-row end">
            <Button variant="default" data-autofocus onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              color="red"
              onClick={() => {
                void schedules.getState().remove(schedule.name);
                onClose();
              }}
            >
              {t('schedules:removeIt')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
