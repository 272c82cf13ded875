/** A status: always an icon and a word, coloured by tone. */
import type { Icon } from '@tabler/icons-react';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'info';

interface StatusBadgeProps {
  icon: Icon;
  word: string;
  tone?: Tone;
  /** Longer explanation, shown on hover. */
  hint?: string | undefined;
}

export function StatusBadge({ icon: Glyph, word, tone = 'neutral', hint }: StatusBadgeProps) {
  return (
    <span className="sf-badge" data-tone={tone} title={hint}>
      <Glyph size={13} aria-hidden />
      {word}
    </span>
  );
}
