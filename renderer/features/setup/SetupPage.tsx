/** The frame of the setup screens: one column, one heading, one thing to do. */
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface SetupPageProps {
  icon: Icon;
  title: string;
  lead: string;
  children: ReactNode;
}

export function SetupPage({ icon: Glyph, title, lead, children }: SetupPageProps) {
  return (
    <div className="sf-setup" data-pane>
      <div className="sf-setup-column">
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
