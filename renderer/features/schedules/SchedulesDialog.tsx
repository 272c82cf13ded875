/** Utilities → Schedules: the list, and one schedule while it is edited. */
import '../preferences/preferences.css';
import './schedules.css';
import { Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { ScheduleForm } from './ScheduleForm.tsx';
import { ScheduleList } from './ScheduleList.tsx';
import { draftOf, newDraft, type ScheduleDraft } from './schedule-draft.ts';

/** What is edited, and under which name it is known; `null`: it is new. */
interface Edited {
  draft: ScheduleDraft;
  known: string | null;
}

export function SchedulesDialog() {
  const { ui, schedules } = useStores();
  const opened = useValue('ui', (state) => state.dialog === 'schedules');
  const list = useValue('schedules', (state) => state.list.value);
  const [edited, setEdited] = useState<Edited | null>(null);
  const content = useRef<HTMLDivElement>(null);
  const names = (list?.schedules ?? []).map(({ name }) => name);

  useEffect(() => {
    if (!opened) return;
    void schedules.getState().refresh();
  }, [opened, schedules]);

  function show(next: Edited | null): void {
    schedules.getState().clearFailure();
    setEdited(next);
    // The button that led here is gone.
    if (next === null) content.current?.focus();
  }

  function close(): void {
    show(null);
    ui.getState().closeDialog();
  }

  const title =
    edited === null
      ? t('schedules:title')
      : edited.known === null
        ? t('schedules:form.addTitle')
        : t('schedules:form.editTitle', { name: edited.known });

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size={820}
      // A draft is not lost by a click beside it.
      closeOnClickOutside={edited === null}
    >
      <div ref={content} tabIndex={-1} className="sf-schedules">
        {edited === null ? (
          <ScheduleList
            onAdd={() => show({ draft: newDraft(names), known: null })}
            onEdit={(schedule) => show({ draft: draftOf(schedule), known: schedule.name })}
          />
        ) : (
          <ScheduleForm
            initial={edited.draft}
            isNew={edited.known === null}
            others={names.filter((name) => name !== edited.known)}
            onDone={() => show(null)}
          />
        )}
      </div>
    </Modal>
  );
}
