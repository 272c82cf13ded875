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

interface FactListProps {
  title: string;
  facts: readonly Fact[];
  /** Of the heading; default 3. */
  level?: 2 | 3;
}

export function FactList({ title, facts, level = 3 }: FactListProps) {
  const Heading = `h${level}` as const;
  return (
    <section className="sf-facts">
      <Heading>{title}</Heading>
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
