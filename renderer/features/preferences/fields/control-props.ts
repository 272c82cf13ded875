/** What every control of an option is given. */
import type { OptionDescription } from '#contract';

export interface ControlProps {
  option: OptionDescription;
  /** The value as it could be typed. */
  text: string;
  onText(text: string): void;
  id: string;
  label: string;
  /** Ids of the texts that explain it. */
  describedBy: string;
  invalid: boolean;
  disabled: boolean;
  /** It must have a value: there is no “nothing set”. */
  required?: boolean;
}

/**
 * For every drop-down: its list stays inside the landmark or dialog that it belongs to, is not clipped by what scrolls
 * there, and scrolls itself.
 */
export const DROPDOWN = {
  comboboxProps: { withinPortal: false, floatingStrategy: 'fixed', transitionProps: { duration: 80 } },
  withScrollArea: false,
  classNames: { options: 'sf-pref-choices' },
} as const;

/** The part that all of Mantine's inputs take. */
export function inputProps({ id, describedBy, invalid, disabled }: ControlProps) {
  return { id, disabled, error: invalid, 'aria-describedby': describedBy, size: 'xs' as const };
}
