/** An empty place that teaches: one sentence and the one button that helps. */
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export function EmptyState({ icon: Glyph, text, action }: { icon: Icon; text: string; action?: ReactNode }) {
  return (
    <div className="sf-empty">
      <Glyph size={32} stroke={1.4} aria-hidden />
      <p>{text}</p>
      {action ?? null}
    </div>
  );
}
