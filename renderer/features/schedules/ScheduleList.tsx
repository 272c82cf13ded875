/** Every schedule, what the computer has to start them, and what went wrong. */
import { Button } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import type { Schedule, ScheduleSupport } from '#contract';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Sentence } from '../../components/Sentence.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { useNow, useStores, useValue } from '../../stores/use-stores.ts';
import { ScheduleCard } from './ScheduleCard.tsx';

function Support({ support }: { support: ScheduleSupport }) {
  if (support.systemd === 'none') {
    return (
      <Notice tone="info" title={t('schedules:noneTitle')}>
        <p>
          <Sentence text={support.reason} />
        </p>
        <p>{t('schedules:noneMeaning')}</p>
      </Notice>
    );
  }
  if (support.note === undefined) return null;
  return (
    <Notice tone="info">
      <p>
        <Sentence text={support.note} />
      </p>
    </Notice>
  );
}

interface ScheduleListProps {
  onAdd(): void;
  onEdit(schedule: Schedule): void;
  onRemove(schedule: Schedule): void;
}

export function ScheduleList({ onAdd, onEdit, onRemove }: ScheduleListProps) {
  const { schedules } = useStores();
  const { value, phase, error } = useValue('schedules', (state) => state.list);
  const failure = useValue('schedules', (state) => state.failure);
  const now = useNow();
  const list = value?.schedules ?? [];
  const add = (label: string) => (
    <Button onClick={onAdd} disabled={value === null}>
      {label}
    </Button>
  );
  return (
    <>
      <p className="sf-dim sf-small">{t('schedules:lead')}</p>
      {value === null && !error ? <SkeletonRows label={t('schedules:loading')} /> : null}
      {error ? <ErrorCard error={error} /> : null}
      {failure ? <ErrorCard error={failure} /> : null}
      {value ? <Support support={value.support} /> : null}
      {value && list.length === 0 ? (
        <EmptyState icon={IconCalendarTime} text={t('schedules:empty')} action={add(t('schedules:addFirst'))} />
      ) : null}
      {list.length > 0 ? (
        <ul className="sf-schedule-list" aria-label={t('schedules:list')}>
          {list.map((schedule) => (
            <ScheduleCard
              key={schedule.name}
              schedule={schedule}
              now={now}
              onEdit={() => onEdit(schedule)}
              onRemove={() => onRemove(schedule)}
            />
          ))}
        </ul>
      ) : null}
      {list.length > 0 || error ? (
        <div className="sf-button-row end">
          <Button variant="default" loading={phase === 'loading'} onClick={() => void schedules.getState().refresh()}>
            {t('schedules:refresh')}
          </Button>
          {add(t('schedules:add'))}
        </div>
      ) : null}
    </>
  );
}
