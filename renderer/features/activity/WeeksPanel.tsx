/** What was stored and deduplicated week by week: as bars, and as a table with the numbers. */
import { Button, SegmentedControl } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import type { ActivityWeek } from '#contract';
import { Bytes } from '../../components/Bytes.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { t } from '../../i18n/t.ts';
import { WEEK_COUNTS } from '../../stores/activity-store.ts';
import { useStores, useValue } from '../../stores/use-stores.ts';
import { fullWeekName } from './week-names.ts';

const WeeksChart = lazy(() => import('./WeeksChart.tsx'));

function Table({ weeks }: { weeks: readonly ActivityWeek[] }) {
  return (
    <table className="sf-week-table" aria-label={t('activity:weeks.table')}>
      <thead>
        <tr>
          <th scope="col">{t('activity:weeks.week')}</th>
          <th scope="col" className="sf-number">
            {t('activity:weeks.stored')}
          </th>
          <th scope="col" className="sf-number">
            {t('activity:weeks.deduplicated')}
          </th>
          <th scope="col" className="sf-number">
            {t('activity:weeks.read')}
          </th>
          <th scope="col" className="sf-number">
            {t('activity:weeks.backups')}
          </th>
          <th scope="col" className="sf-number">
            {t('activity:weeks.failed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {weeks.toReversed().map((week) => (
          <tr key={week.week}>
            <th scope="row">{fullWeekName(week.week)}</th>
            <td className="sf-number">
              <Bytes value={week.storedBytes} />
            </td>
            <td className="sf-number">
              <Bytes value={week.deduplicatedBytes} />
            </td>
            <td className="sf-number">
              <Bytes value={week.readBytes} />
            </td>
            <td className="sf-number">{week.backups}</td>
            <td className="sf-number">{week.failed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function WeeksPanel() {
  const { activity } = useStores();
  const weeks = useValue('activity', (state) => state.weeks);
  const count = useValue('activity', (state) => state.weekCount);
  useEffect(() => {
    void activity.getState().loadWeeks(activity.getState().weekCount);
  }, [activity]);
  const again = (
    <Button variant="default" onClick={() => void activity.getState().loadWeeks(count)}>
      {t('tryAgain')}
    </Button>
  );
  const isEmpty = weeks.value.every((week) => week.readBytes === 0 && week.backups === 0 && week.failed === 0);
  return (
    <section className="sf-weeks" aria-label={t('activity:weeks.label')} data-pane>
      <SegmentedControl
        aria-label={t('activity:weeks.count')}
        size="xs"
        data={WEEK_COUNTS.map((each) => ({ value: String(each), label: t('activity:weeks.weeks', { count: each }) }))}
        value={String(count)}
        onChange={(value) => {
          const chosen = WEEK_COUNTS.find((each) => String(each) === value);
          if (chosen) void activity.getState().loadWeeks(chosen);
        }}
      />
      {weeks.error ? <ErrorCard error={weeks.error} action={again} /> : null}
      {weeks.value.length === 0 && !weeks.error ? <SkeletonRows label={t('activity:weeks.loading')} /> : null}
      {weeks.value.length > 0 && isEmpty ? <EmptyState icon={IconChartBar} text={t('activity:weeks.nothing')} /> : null}
      {isEmpty ? null : (
        <>
          <Suspense fallback={<div className="sf-week-charts" data-waiting />}>
            <WeeksChart weeks={weeks.value} />
          </Suspense>
          <Table weeks={weeks.value} />
        </>
      )}
    </section>
  );
}
