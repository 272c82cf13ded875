/** A day and a time of it: the image that was current then is selected. */
import { ActionIcon, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';

const NEVER = { date: '', time: '' };

export function PointInTimePicker() {
  const { images } = useStores();
  const dateField = useRef<HTMLInputElement>(null);
  const asOf = useValue('images', (state) => state.asOf);
  const { date, time } = asOf ?? NEVER;
  const change = (next: typeof NEVER): void =>
    images.getState().setAsOf(next.date === '' && next.time === '' ? null : next);
  return (
    <fieldset className="sf-as-of">
      <legend className="sf-unseen">{t('restore:asOf.group')}</legend>
      <span aria-hidden className="sf-dim sf-small">
        {t('restore:asOf.label')}
      </span>
      <TextInput
        ref={dateField}
        type="date"
        aria-label={t('restore:asOf.date')}
        value={date}
        onChange={(event) => change({ date: event.currentTarget.value, time })}
      />
      <TextInput
        type="time"
        aria-label={t('restore:asOf.time')}
        value={time}
        onChange={(event) => change({ date, time: event.currentTarget.value })}
      />
      <ActionIcon
        aria-label={t('restore:asOf.clear')}
        title={t('restore:asOf.clear')}
        disabled={asOf === null}
        onClick={() => {
          images.getState().setAsOf(null);
          // This button goes away with what it forgets.
          dateField.current?.focus();
        }}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </fieldset>
  );
}
