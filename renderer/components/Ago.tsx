/** A point in time relative to now; the exact one is in the tooltip. */
import { exactTime, relativeTime } from '../i18n/instants.ts';

export function Ago({ instant, now }: { instant: string; now: number }) {
  return (
    <time dateTime={instant} title={exactTime(instant)}>
      {relativeTime(instant, now)}
    </time>
  );
}
