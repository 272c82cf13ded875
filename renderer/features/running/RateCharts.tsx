/** How fast a task is now and was in the last minute: a chart for each rate that its kind has. */
import type { Progress, TaskSnapshot } from '#contract';
import { formatRate } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import type { RateSample } from '../../stores/task-rates.ts';
import { useValue } from '../../stores/use-stores.ts';
import { RateChart } from './RateChart.tsx';
import { pointsOf } from './rate-chart.ts';

const NO_SAMPLES: readonly RateSample[] = [];

type Rate = { rate: 'readRate' | 'storeRate'; name: string; colour: string };

/** The rates that mean something for a kind of task. The places are the same from start to end. */
function ratesOf({ kind, progress }: TaskSnapshot): Rate[] {
  const read: Rate = { rate: 'readRate', name: t('running:rate.read'), colour: 'var(--sf-used)' };
  if (kind === 'check') return [read];
  if (kind === 'backup')
    return [read, { rate: 'storeRate', name: t('running:rate.store'), colour: 'var(--sf-stored)' }];
  const verifying = progress?.phase === 'verify';
  return [
    { ...read, name: verifying ? t('running:rate.readBack') : t('running:rate.read') },
    { rate: 'storeRate', name: t('running:rate.write'), colour: 'var(--sf-stored)' },
  ];
}

function Chart({ rate: { rate, name, colour }, samples, progress }: ChartProps) {
  const now = progress ? formatRate(progress[rate]) : t('running:counter.none');
  return (
    <div className="sf-rate">
      <dt>{name}</dt>
      <dd className="sf-rate-now">{now}</dd>
      <dd>
        <RateChart
          points={pointsOf(samples, rate)}
          colour={colour}
          inWords={(peak) =>
            samples.length < 2
              ? t('running:rate.noChart', { name })
              : t('running:rate.chart', { name, now, peak: formatRate(peak) })
          }
        />
      </dd>
    </div>
  );
}

interface ChartProps {
  rate: Rate;
  samples: readonly RateSample[];
  progress: Progress | undefined;
}

export function RateCharts({ task }: { task: TaskSnapshot }) {
  const samples = useValue('tasks', (state) => state.rates[task.id] ?? NO_SAMPLES);
  return (
    <dl className="sf-rates">
      {ratesOf(task).map((rate) => (
        <Chart key={rate.rate} rate={rate} samples={samples} progress={task.progress} />
      ))}
    </dl>
  );
}
