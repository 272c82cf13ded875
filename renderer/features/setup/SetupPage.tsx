/** The frame of the setup screens: one column, one heading, one thing to do. */
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SetupStep } from '../../stores/setup-store.ts';
import { SetupSteps } from './SetupSteps.tsx';

interface SetupPageProps {
  icon: Icon;
  title: string;
  lead: string;
  /** Of pages of the wizard. */
  step?: SetupStep;
  /** For pages with lists. */
  wide?: boolean;
  children: ReactNode;
}

export function SetupPage({ icon: Glyph, title, lead, step, wide = false, children }: SetupPageProps) {
  return (
    <div className="sf-setup" data-pane>
      <div className="sf-setup-column" data-wide={wide || undefined}>
        {step ? <SetupSteps step={step} /> : null}
        <header>
          <Glyph size={26} stroke={1.5} aria-hidden />
          <h1>{title}</h1>
        </header>
        <p className="sf-dim">{lead}</p>
        {children}
      </div>
    </div>
  );
}
