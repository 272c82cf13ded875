/** The options of the error log as what it is configured with. */
import type { ErrorLogSettings } from '../ports.ts';
import type { OptionValues } from './options.ts';

const MEGABYTE = 1024 * 1024;

/** What these values ask for. */
export function errorLogSettings(
  values: Pick<OptionValues, 'errorlogname' | 'errorlogretention' | 'errorlogmax'>,
): ErrorLogSettings {
  const { days, action } = values.errorlogretention;
  return {
    path: values.errorlogname,
    limitBytes: values.errorlogmax * MEGABYTE,
    days,
    save: action === 'S',
  };
}
