/** Colours of the cells, from the theme's variables, so that maps, strips and bars agree in both themes. */
import { BLOCK_STATES, type BlockState } from '#contract';
import { SHADES } from './map-cells.ts';

/** The theme's variable of a state's colour, for legends and bars. */
export function stateColour(state: BlockState): string {
  return `var(--sf-${state})`;
}

/** How strong the colours of the shades are; the faintest still differs from a free cell. */
const STRENGTHS = [0.4, 0.6, 0.8, 1] as const;

type Rgb = readonly [number, number, number];

/** `#rgb` or `#rrggbb`; black for anything else. */
export function parseColour(text: string): Rgb {
  const digits = text.trim().replace(/^#/, '');
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const value = /^[0-9a-f]{6}$/i.test(long) ? Number.parseInt(long, 16) : 0;
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/** Colours by cell code, as CSS colours: each state mixed with that of a free cell. */
export function paletteOf(variable: (name: string) => string): string[] {
  const ground = parseColour(variable('--sf-free'));
  return BLOCK_STATES.flatMap((state) => {
    const colour = parseColour(variable(`--sf-${state}`));
    return Array.from({ length: SHADES }, (_, shade) => {
      const strength = STRENGTHS[shade] ?? 1;
      const mixed = colour.map((part, i) => Math.round(part * strength + (ground[i] ?? 0) * (1 - strength)));
      return `rgb(${mixed.join(' ')})`;
    });
  });
}
