/** What a command's options say about versions and dates. */
import type { ResolvedOptions } from '#engine/policy/resolve-options.ts';
import { type MomentFormats, momentOf } from '../dates/moments.ts';
import type { VersionWish } from './choose-versions.ts';

/** How dates are typed and shown in this run. */
export function formatsOf({ values }: ResolvedOptions): MomentFormats {
  return { dateformat: values.dateformat, timeformat: values.timeformat, environment: process.env };
}

/** Throws `OPTION_INVALID` for a date that cannot be read. */
export function versionWish(options: ResolvedOptions): VersionWish {
  const { pitdate, pittime, inactive } = options.values;
  const date = { option: 'pitdate', text: pitdate };
  const at = momentOf(
    { date, time: { option: 'pittime', text: pittime }, otherwise: 'end of the day' },
    formatsOf(options),
  );
  return { inactive, at };
}
