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

const KINDS = ['backup', 'restore', 'check'] as const satisfies readonly TaskKind[];
/** What a select needs for “everything”. */
const ALL = '';

interface RunFiltersProps {
  runs: readonly RunSummary[];
  shown: number;
  choice: RunChoice;
  loadingOlder: boolean;
  now: number;
}

interface Option {
  value: string;
  label: string;
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
  const counted = (part: keyof typeof counts, value: string, name: string): Option => ({
    value,
    label: t('activity:filters.withCount', { name, count: counts[part].get(value) ?? 0 }),
  });
  const subjects = [...new Set(runs.map(({ subject }) => subject))].sort();
  const all = choosesAll(choice);
  const common = {
    className: 'sf-run-filter',
    comboboxProps: { width: 'max-content', position: 'bottom-start' },
  } as const;
  return (
    <search className="sf-run-filters" aria-label={t('activity:filters.label')} data-pane>
      <Select
        {...common}
        aria-label={t('activity:filters.outcome')}
        data={[
          counted('outcome', ALL, t('activity:filters.allOutcomes')),
          ...OUTCOMES.map((outcome) => counted('outcome', outcome, t(`activity:outcomes.${outcome}`))),
        ]}
        value={choice.outcome ?? ALL}
        onChange={(value) => choose({ outcome: (value || null) as Outcome | null })}
      />
      <Select
        {...common}
        aria-label={t('activity:filters.kind')}
        data={[
          counted('kind', ALL, t('activity:filters.allKinds')),
          ...KINDS.map((kind) => counted('kind', kind, TASK_KIND_WORDS[kind])),
        ]}
        value={choice.kind ?? ALL}
        onChange={(value) => choose({ kind: (value || null) as TaskKind | null })}
      />
      <Select
        {...common}
        aria-label={t('activity:filters.subject')}
        data={[
          counted('subject', ALL, t('activity:filters.allSubjects')),
          ...subjects.map((subject) => counted('subject', subject, subject)),
        ]}
        value={choice.subject ?? ALL}
        onChange={(value) => choose({ subject: value || null })}
      />
      <Select
        {...common}
        aria-label={t('activity:filters.period')}
        data={[
          { value: ALL, label: t('activity:filters.allPeriods') },
          ...PERIODS.map((period) => ({ value: period, label: t(`activity:periods.${period}`) })),
        ]}
        value={choice.period ?? ALL}
        onChange={(value) => choose({ period: (value || null) as Period | null })}
      />
      <TextInput
        className="sf-run-text"
        aria-label={t('activity:filters.text')}
        placeholder={t('activity:filters.text')}
        maxLength={200}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={choice.text}
        onChange={(event) => choose({ text: event.currentTarget.value })}
      />
      <Button variant="subtle" color="gray" disabled={all} onClick={chooseAll} className="sf-wide-button">
        {t('activity:filters.clear')}
      </Button>
      <CloseButton
        size={30}
        className="sf-narrow-button"
        disabled={all}
        aria-label={t('activity:filters.clear')}
        title={t('activity:filters.clear')}
        onClick={chooseAll}
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
