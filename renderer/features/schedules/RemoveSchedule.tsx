/** Asks before a schedule is removed. */
import { Button } from '@mantine/core';
import type { Schedule } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { Failure } from './Failure.tsx';
import { whatWords, whenWords } from './schedule-words.ts';

interface RemoveScheduleProps {
  schedule: Schedule;
  onDone(): void;
}

export function RemoveSchedule({ schedule, onDone }: RemoveScheduleProps) {
  const { schedules } = useStores();
  const busy = useValue('schedules', (state) => state.busy);

  async function remove(): Promise<void> {
    if (await schedules.getState().remove(schedule.name)) onDone();
  }

  return (
    <div className="sf-stack">
      <div>
        <p className="sf-mono">{schedule.name}</p>
        <p className="sf-break">{whatWords(schedule)}</p>
        <p className="sf-dim sf-small">{whenWords(schedule)}</p>
      </div>
      <p>{t('schedules:removeMeaning')}</p>
      {schedule.startedBy === 'cron' && schedule.state !== 'missing' ? <p>{t('schedules:removeCron')}</p> : null}
      <Failure />
      <div className="sf-button-row end">
        <Button variant="default" disabled={busy} data-autofocus autoFocus onClick={onDone}>
          {t('schedules:form.back')}
        </Button>
        <Button color="red" loading={busy} onClick={() => void remove()}>
          {t('schedules:removeIt')}
        </Button>
      </div>
    </div>
  );
}
