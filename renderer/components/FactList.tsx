/** A group of facts with a copy button per value. */
import type { ReactNode } from 'react';
import { inSentence } from '../i18n/t.ts';
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
            <dd>{fact.copy ? <CopyButton value={fact.copy} what={inSentence(fact.label)} /> : null}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
