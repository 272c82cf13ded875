/** Utilities → Schedules: the list, and one schedule while it is edited or removed. */
import '../preferences/preferences.css';
import './schedules.css';
import { Modal } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Schedule } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { RemoveSchedule } from './RemoveSchedule.tsx';
import { ScheduleForm } from './ScheduleForm.tsx';
import { ScheduleList } from './ScheduleList.tsx';
import { draftOf, newDraft } from './schedule-draft.ts';

/** What the dialog shows. */
type Place = { kind: 'list' } | { kind: 'add' } | { kind: 'edit' | 'remove'; schedule: Schedule };

const LIST: Place = { kind: 'list' };

function titleOf(place: Place): string {
  switch (place.kind) {
    case 'list':
      return t('schedules:title');
    case 'add':
      return t('schedules:form.addTitle');
    case 'edit':
      return t('schedules:form.editTitle', { name: place.schedule.name });
    case 'remove':
      return t('schedules:removeTitle');
  }
}

/** What is shown anew begins at its top, wherever the place before it was scrolled to. */
function FromTheTop({ of }: { of: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    void of.current?.scrollIntoView({ block: 'start' });
  }, [of]);
  return null;
}

export function SchedulesDialog() {
  const { ui, schedules } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'schedules');
  const list = useValue('schedules', (state) => state.list.value);
  const [place, setPlace] = useState<Place>(LIST);
  const content = useRef<HTMLDivElement>(null);
  const names = (list?.schedules ?? []).map(({ name }) => name);

  useEffect(() => {
    if (opened) void schedules.getState().refresh();
  }, [opened, schedules]);

  function show(next: Place): void {
    schedules.getState().clearFailure();
    setPlace(next);
    // The button that led here or back is gone.
    content.current?.focus();
  }

  function close(): void {
    show(LIST);
    ui.getState().closeDialog();
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={titleOf(place)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={820}
      // What was filled in is not lost by a click beside it.
      closeOnClickOutside={place.kind === 'list'}
    >
      <div ref={content} tabIndex={-1} className="sf-schedules">
        <FromTheTop key={place.kind} of={content} />
        {place.kind === 'list' ? (
          <ScheduleList
            onAdd={() => show({ kind: 'add' })}
            onEdit={(schedule) => show({ kind: 'edit', schedule })}
            onRemove={(schedule) => show({ kind: 'remove', schedule })}
          />
        ) : null}
        {place.kind === 'add' || place.kind === 'edit' ? (
          <ScheduleForm
            initial={place.kind === 'add' ? newDraft(names) : draftOf(place.schedule)}
            isNew={place.kind === 'add'}
            others={names.filter((name) => place.kind === 'add' || name !== place.schedule.name)}
            onDone={() => show(LIST)}
          />
        ) : null}
        {place.kind === 'remove' ? <RemoveSchedule schedule={place.schedule} onDone={() => show(LIST)} /> : null}
      </div>
    </Modal>
  );
}
