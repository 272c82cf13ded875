/** Why a light has its colour: the worst in full, the others behind it. */
import type { HealthReason } from '#contract';
import { reasonText } from './health-words.ts';

export function Reasons({ reasons }: { reasons: readonly HealthReason[] }) {
  const [worst, ...others] = reasons.map(reasonText);
  if (worst === undefined) return null;
  return (
    <div className="sf-reasons">
      <p>{worst}</p>
      {others.length > 0 ? (
        <p className="sf-dim sf-small sf-clip" title={others.join('\n')}>
          {others.join(' ')}
        </p>
      ) : null}
    </div>
  );
}
