/** Facts of a report side by side. */
import type { ReportFact } from './report-facts.ts';

export function ReportFacts({ facts }: { facts: readonly ReportFact[] }) {
  return (
    <dl className="sf-report-facts">
      {facts.map(({ name, value, hint }) => (
        <div key={name} title={hint}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
