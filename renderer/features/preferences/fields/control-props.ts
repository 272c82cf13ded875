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

/** The part that all of Mantine's inputs take. */
export function inputProps({ id, describedBy, invalid, disabled }: ControlProps) {
  return { id, disabled, error: invalid, 'aria-describedby': describedBy, size: 'xs' as const };
}
