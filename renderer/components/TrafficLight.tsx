/** One of four lights: each has a shape and a word of its own, so that the colour says nothing that they do not. */
import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
} from '@tabler/icons-react';
import type { TrafficLight as Light } from '#contract';

const SHAPES = {
  good: { icon: IconCircleCheckFilled, tone: 'sf-ok' },
  attention: { icon: IconAlertTriangleFilled, tone: 'sf-warn' },
  bad: { icon: IconAlertOctagonFilled, tone: 'sf-bad' },
  none: { icon: IconCircleDashed, tone: 'sf-dim' },
} as const satisfies Record<Light, { icon: typeof IconCircleDashed; tone: string }>;

export function TrafficLight({ light, word, size = 18 }: { light: Light; word: string; size?: number }) {
  const { icon: Glyph, tone } = SHAPES[light];
  return (
    <span className={`sf-light ${tone}`}>
      <Glyph size={size} aria-hidden />
      <span>{word}</span>
    </span>
  );
}
