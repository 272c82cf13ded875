/** Counters side by side, each with the colour it has in every map and strip. */
import { Bytes } from './Bytes.tsx';

export interface Stat {
  name: string;
  bytes: number;
  colour?: string;
  hint?: string;
}

export function StatGrid({ stats }: { stats: readonly Stat[] }) {
  return (
    <dl className="sf-stats">
      {stats.map((stat) => (
        <div key={stat.name} title={stat.hint}>
          <dt>
            {stat.colour ? <span className="sf-swatch" style={{ background: stat.colour }} aria-hidden /> : null}
            {stat.name}
          </dt>
          <dd>
            <Bytes value={stat.bytes} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
