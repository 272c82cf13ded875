/** Which runs are shown; every choice says how many it would show. */
import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { RunSummary, TaskKind } from '#contract';
import { t } from '../../i18n/t.ts';
import { TASK_KIND_WORDS } from '../../i18n/words.ts';
import {
  choosesAll,
  countsOf,
  OUTCOMES,
  type Outcome,
  PERIODS,
  type Period,
  type RunChoice,
} from '../../stores/run-choice.ts';
import { useStores } from '../../stores/use-stores.ts';

const KINDS = ['backup', 'restore', 'check', 'expire', 'prune'] as const satisfies readonly TaskKind[];
/** What a select needs for “everything”. */
const ALL = '';

interface RunFiltersProps {
  runs: readonly RunSummary[];
  shown: number;
  choice: RunChoice;
  loadingOlder: boolean;
  now: number;
}

interface FilterOption {
  value: string;
  label: string;
  /** How many runs it would show. */
  count?: number;
}

interface FilterSelectProps {
  label: string;
  options: readonly FilterOption[];
  value: string | null;
  onChange(value: string | null): void;
}

/** One part of the choice. */
function FilterSelect({ label, options, value, onChange }: FilterSelectProps) {
  const counts = new Map(options.map((option) => [option.value, option.count]));
  return (
    <Select
      className="sf-run-filter"
      aria-label={label}
      title={options.find((option) => option.value === (value ?? ALL))?.label}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      data={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value ?? ALL}
      onChange={(next) => onChange(next || null)}
      renderOption={({ option }) => (
        <span className="sf-run-option">
          <span className="sf-grow">{option.label}</span>
          <span className="sf-dim">{counts.get(option.value)?.toLocaleString(document.documentElement.lang)}</span>
        </span>
      )}
    />
  );
}

/** The button that was pressed goes or sleeps, so the focus moves to where one would filter again. */
export function clearAndRefocus(chooseAll: () => void): void {
  chooseAll();
  document.querySelector<HTMLElement>('.sf-run-text input')?.focus();
}

export function RunFilters({ runs, shown, choice, loadingOlder, now }: RunFiltersProps) {
  const { activity } = useStores();
  const { choose, chooseAll } = activity.getState();
  const counts = useMemo(
    () => ({
      kind: countsOf(runs, choice, 'kind', now),
      outcome: countsOf(runs, choice, 'outcome', now),
      subject: countsOf(runs, choice, 'subject', now),
    }),
    [runs, choice, now],
  );
  const counted = (part: keyof typeof counts, value: string, label: string): FilterOption => ({
    value,
    label,
    count: counts[part].get(value) ?? 0,
  });
  const subjects = [...new Set(runs.map(({ subject }) => subject))].sort();
  const all = choosesAll(choice);
  return (
    <search className="sf-run-filters" aria-label={t('activity:filters.label')} data-pane>
      <FilterSelect
        label={t('activity:filters.outcome')}
        options={[
          counted('outcome', ALL, t('activity:filters.allOutcomes')),
          ...OUTCOMES.map((outcome) => counted('outcome', outcome, t(`activity:outcomes.${outcome}`))),
        ]}
        value={choice.outcome}
        onChange={(value) => choose({ outcome: value as Outcome | null })}
      />
      <FilterSelect
        label={t('activity:filters.kind')}
        options={[
          counted('kind', ALL, t('activity:filters.allKinds')),
          ...KINDS.map((kind) => counted('kind', kind, TASK_KIND_WORDS[kind])),
        ]}
        value={choice.kind}
        onChange={(value) => choose({ kind: value as TaskKind | null })}
      />
      <FilterSelect
        label={t('activity:filters.subject')}
        options={[
          counted('subject', ALL, t('activity:filters.allSubjects')),
          ...subjects.map((subject) => counted('subject', subject, subject)),
        ]}
        value={choice.subject}
        onChange={(value) => choose({ subject: value })}
      />
      <FilterSelect
        label={t('activity:filters.period')}
        options={[
          { value: ALL, label: t('activity:filters.allPeriods') },
          ...PERIODS.map((period) => ({ value: period, label: t(`activity:periods.${period}`) })),
        ]}
        value={choice.period}
        onChange={(value) => choose({ period: value as Period | null })}
      />
      <TextInput
        className="sf-run-text"
        aria-label={t('activity:filters.text')}
        placeholder={t('activity:filters.search')}
        maxLength={200}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={choice.text}
        onChange={(event) => choose({ text: event.currentTarget.value })}
      />
      <Button
        variant="subtle"
        color="gray"
        disabled={all}
        onClick={() => clearAndRefocus(chooseAll)}
        className="sf-wide-button"
      >
        {t('activity:filters.clear')}
      </Button>
      <CloseButton
        size={30}
        className="sf-narrow-button"
        disabled={all}
        aria-label={t('activity:filters.clear')}
        title={t('activity:filters.clear')}
        onClick={() => clearAndRefocus(chooseAll)}
      />
      <span className="sf-run-count" aria-live="polite">
        {loadingOlder
          ? t('activity:filters.loadingOlder')
          : all
            ? t('activity:filters.all', { count: runs.length })
            : t('activity:filters.shown', { shown, count: runs.length })}
      </span>
    </search>
  );
}
