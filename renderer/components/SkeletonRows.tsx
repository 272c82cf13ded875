/** The structure of a list while its data is on the way. */
import { Skeleton } from '@mantine/core';

const WIDTHS = ['62%', '84%', '71%', '90%', '58%', '77%'];

export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div className="sf-skeleton-rows" role="status" aria-label={label}>
      {WIDTHS.slice(0, rows).map((width) => (
        <Skeleton key={width} height={14} width={width} radius={3} />
      ))}
    </div>
  );
}
