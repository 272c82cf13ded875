/** One schedule while it is added or changed. */
import { Button, Checkbox, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ScheduleDefinition, scheduleActionSchema } from '#contract';
import { t } from '../../i18n/t.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { Failure } from './Failure.tsx';
import { SchedulePreview } from './SchedulePreview.tsx';
import { definitionOf, mayBeLeftOut, problemsOf, type ScheduleDraft, wholeTime } from './schedule-draft.ts';
import { dayWord, WEEKDAYS } from './schedule-words.ts';
import { VolumesField } from './VolumesField.tsx';

const MOST_MINUTES = 1440;
/** What a field is for stands below it, so that fields beside each other are level. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

interface ScheduleFormProps {
  initial: ScheduleDraft;
  isNew: boolean;
  /** Names of the other schedules. */
  others: readonly string[];
  onDone(): void;
}

export function ScheduleForm({ initial, isNew, others, onDone }: ScheduleFormProps) {
  const { schedules } = useStores();
  const busy = useValue('schedules', (state) => state.busy);
  const [draft, setDraft] = useState(initial);
  const [previewed, setPreviewed] = useState(false);
  const { definition } = draft;
  const problems = problemsOf(draft, others);
  const change = (part: Partial<ScheduleDefinition>) =>
    setDraft((before) => ({ ...before, definition: { ...before.definition, ...part } }));

  async function save(): Promise<void> {
    if (await schedules.getState().save(definitionOf(draft))) onDone();
  }

  const nameProblem = problems.has('taken') ? 'taken' : problems.has('name') ? 'name' : undefined;
  return (
    <div className="sf-stack">
      <div className="sf-schedule-fields">
        <TextInput
          label={t('schedules:form.name')}
          inputWrapperOrder={ORDER}
          description={t('schedules:form.nameHelp')}
          value={definition.name}
          // Under another name it would be another schedule.
          disabled={!isNew}
          error={nameProblem && t(`schedules:problem.${nameProblem}`)}
          spellCheck={false}
          data-autofocus={isNew ? true : undefined}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Select
          label={t('schedules:form.action')}
          data={scheduleActionSchema.options.map((action) => ({
            value: action,
            label: t(`schedules:action.${action}`),
          }))}
          value={definition.action}
          allowDeselect={false}
          onChange={(action) => change({ action: scheduleActionSchema.parse(action) })}
        />
      </div>
      {definition.action === 'backup' ? (
        <VolumesField
          draft={draft}
          problem={problems.has('volumes')}
          onWhich={(which) => setDraft((before) => ({ ...before, which }))}
          onVolumes={(volumes) => change({ volumes })}
        />
      ) : null}
      <Checkbox.Group
        label={t('schedules:form.days')}
        description={t('schedules:form.daysHelp')}
        value={definition.days}
        onChange={(days) => change({ days: WEEKDAYS.filter((day) => days.includes(day)) })}
      >
        <div className="sf-schedule-days">
          {WEEKDAYS.map((day) => (
            <Checkbox key={day} value={day} label={dayWord(day, 'short')} aria-label={dayWord(day, 'long')} />
          ))}
        </div>
      </Checkbox.Group>
      <div className="sf-schedule-fields">
        <TextInput
          label={t('schedules:form.time')}
          inputWrapperOrder={ORDER}
          description={mayBeLeftOut(definition.time) ? t('schedules:form.gap') : t('schedules:form.timeHelp')}
          placeholder="03:30"
          inputMode="numeric"
          maxLength={5}
          spellCheck={false}
          value={definition.time}
          error={problems.has('time') ? t('schedules:problem.time') : undefined}
          onChange={(event) => change({ time: event.currentTarget.value })}
          onBlur={() => change({ time: wholeTime(definition.time) })}
        />
        <NumberInput
          label={t('schedules:form.delay')}
          inputWrapperOrder={ORDER}
          description={t('schedules:form.delayHelp')}
          min={0}
          max={MOST_MINUTES}
          allowDecimal={false}
          value={definition.randomDelayMinutes}
          error={problems.has('delay') ? t('schedules:problem.delay') : undefined}
          onChange={(value) => change({ randomDelayMinutes: value === '' ? Number.NaN : Number(value) })}
        />
      </div>
      <Switch
        label={t('schedules:form.catchUp')}
        description={t('schedules:form.catchUpHelp')}
        checked={definition.catchUp}
        onChange={(event) => change({ catchUp: event.currentTarget.checked })}
      />
      <Switch
        label={t('schedules:form.enabled')}
        checked={definition.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
      <details
        className="sf-details"
        onToggle={(event) => {
          if (event.currentTarget.open) setPreviewed(true);
        }}
      >
        <summary>{t('schedules:preview.title')}</summary>
        {previewed ? <SchedulePreview definition={problems.size === 0 ? definitionOf(draft) : null} /> : null}
      </details>
      <Failure />
      <div className="sf-button-row end">
        <Button variant="default" disabled={busy} onClick={onDone}>
          {t('schedules:form.back')}
        </Button>
        <Button disabled={problems.size > 0} loading={busy} onClick={() => void save()}>
          {isNew ? t('schedules:form.add') : t('schedules:form.save')}
        </Button>
      </div>
    </div>
  );
}
