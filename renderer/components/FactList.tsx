/** A group of facts with a copy button per value. */
import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';

export interface Fact {
  label: string;
  value: ReactNode;
  /** What the copy button copies; none without it. */
  copy?: string | undefined;
  mono?: boolean;
}

export function FactList({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section className="sf-facts">
      <h3>{title}</h3>
      <dl>
        {facts.map((fact) => (
          <div className="sf-fact" key={fact.label}>
            <dt>{fact.label}</dt>
            <dd className={fact.mono ? 'sf-mono' : undefined}>{fact.value}</dd>
            <dd>{fact.copy ? <CopyButton value={fact.copy} what={fact.label.toLowerCase()} /> : null}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
