/** The recent course of a number, small enough for a line of text. For the eye only: the number stands beside it. */

interface SparklineProps {
  /** Oldest first. */
  values: readonly number[];
  /** How many values the whole width is for; fewer fill it from the right. */
  capacity: number;
  width: number;
  height: number;
}

export function Sparkline({ values, capacity, width, height }: SparklineProps) {
  const peak = Math.max(1, ...values);
  const step = width / (capacity - 1);
  const points = values.slice(-capacity).map((value, index, shown) => {
    const x = width - (shown.length - 1 - index) * step;
    const y = height - 1 - (value / peak) * (height - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className="sf-sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
