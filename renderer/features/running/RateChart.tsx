/** A small chart of fixed size: what a rate was in the last minute. Its text alternative says the same. */
import { SPARK_HEIGHT, SPARK_WIDTH, type SparkPoint, sparkPath } from './rate-chart.ts';

interface RateChartProps {
  points: readonly SparkPoint[];
  /** A colour of the style sheet. */
  colour: string;
  /** The whole chart in words. */
  inWords(peak: number): string;
}

export function RateChart({ points, colour, inWords }: RateChartProps) {
  const { line, area, peak } = sparkPath(points);
  const description = inWords(peak);
  return (
    <svg
      className="sf-spark"
      viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={description}
    >
      <title>{description}</title>
      <path className="sf-spark-area" d={area} style={{ fill: colour }} />
      <path className="sf-spark-line" d={line} style={{ stroke: colour }} />
    </svg>
  );
}
