/** Bars by week. The charts come with a library of their own, so this is fetched when it is first shown. */
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { ActivityWeek } from '#contract';
import { formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { byteTicks } from './byte-ticks.ts';
import { weekName } from './week-names.ts';

const SERIES = [
  { of: 'storedBytes', colour: 'var(--sf-stored)', name: 'stored', help: 'storedHelp' },
  { of: 'deduplicatedBytes', colour: 'var(--sf-deduplicated)', name: 'deduplicated', help: 'deduplicatedHelp' },
] as const;

/** A scale of its own for each: what is stored is a small part of what is read. */
export default function WeeksChart({ weeks }: { weeks: readonly ActivityWeek[] }) {
  return (
    <div className="sf-week-charts">
      {SERIES.map(({ of, colour, name, help }) => {
        const ticks = byteTicks(Math.max(...weeks.map((week) => week[of])));
        const title = t(`activity:weeks.${name}`);
        return (
          <figure key={of}>
            <figcaption>
              <span className="sf-swatch" style={{ background: colour }} aria-hidden />
              <strong>{title}</strong>
              <span className="sf-dim sf-small">{t(`activity:weeks.${help}`)}</span>
            </figcaption>
            <div role="img" aria-label={t('activity:weeks.chart', { name: title })}>
              <BarChart
                h={168}
                data={weeks.map((week) => ({ week: weekName(week.week), [of]: week[of] }))}
                dataKey="week"
                series={[{ name: of, label: title, color: colour }]}
                valueFormatter={formatBytes}
                tickLine="y"
                gridAxis="x"
                strokeDasharray="2 4"
                yAxisProps={{ width: 68, ticks, domain: [0, ticks.at(-1) ?? 0] }}
                xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 18 }}
                barProps={{ isAnimationActive: false, maxBarSize: 28, radius: [2, 2, 0, 0] }}
                // The table below is what readers are given.
                barChartProps={{ accessibilityLayer: false }}
                tooltipAnimationDuration={0}
              />
            </div>
          </figure>
        );
      })}
    </div>
  );
}
