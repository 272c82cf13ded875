/** Options that a person sets for one run: their names, and the request they make. */
import type { BackupRequest, OptionDescription } from '#contract';

/** What the Options dialog edits, by the part of a run that it is about. */
export const RUN_OPTION_GROUPS = {
  image: ['imagegapsize', 'managementclass', 'compression', 'compressionlevel'],
  snapshot: [
    'snapshotproviderimage',
    'snapshotfailover',
    'snapshotcachesize',
    'snapshotcachelocation',
    'snapshotfsidlewait',
    'snapshotfsidleretries',
    'snapshotfsidleaction',
    'freezetimelimit',
  ],
  tracking: ['changetracking', 'changetrackingaudit', 'changetrackingfull'],
} as const;

export type RunOptionGroup = keyof typeof RUN_OPTION_GROUPS;
export type RunOption = (typeof RUN_OPTION_GROUPS)[RunOptionGroup][number];

/** Set in the options file only: shown, never changed here. */
export const RUN_COMMANDS = ['presnapshotcmd', 'postsnapshotcmd'] as const;
export type RunCommand = (typeof RUN_COMMANDS)[number];

/** By option name, as they could be typed; what is not in it stays as the preferences say. */
export type Overrides = Partial<Record<RunOption, string>>;

const SIZE = /^(\d{1,12})([kmg]?)$/i;
const KIB = 1024;
const UNITS: Readonly<Record<string, number>> = { '': KIB, k: KIB, m: KIB ** 2, g: KIB ** 3 };
const WAIT = /^\d{1,3}(s|ms)?(,\d{1,3}(s|ms)?)?$/i;

/** Bytes of `64k`, `1m`, `2g` or a number of KiB; `undefined` for anything else. */
export function bytesOfSize(text: string): number | undefined {
  const [, digits, unit = ''] = SIZE.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit.toLowerCase()] ?? KIB);
}

/** Whether a text can be a value of the option, as far as its description tells; the engine has the last word. */
export function mayBe({ type, minimum, maximum, values }: OptionDescription, text: string): boolean {
  const within = (value: number) => value >= (minimum ?? 0) && value <= (maximum ?? Number.POSITIVE_INFINITY);
  if (type === 'integer') return /^\d{1,15}$/.test(text) && within(Number(text));
  if (type === 'size') return within(bytesOfSize(text) ?? Number.NaN);
  if (type === 'wait') return WAIT.test(text);
  if (type === 'enum') return values.some((value) => value.toLowerCase() === text.toLowerCase());
  return true;
}

/** The parts of a request that the overrides make. */
export function requestOf(overrides: Overrides): Omit<BackupRequest, 'volume'> {
  const { imagegapsize, compressionlevel, managementclass, snapshotproviderimage, ...others } = overrides;
  const gap = imagegapsize === undefined ? undefined : bytesOfSize(imagegapsize);
  const texts = Object.entries(others).filter(([, text]) => text !== undefined);
  return {
    ...(gap === undefined ? {} : { imageGapBytes: gap }),
    ...(compressionlevel === undefined ? {} : { compressionLevel: Number(compressionlevel) }),
    ...(managementclass === undefined ? {} : { managementClass: managementclass }),
    ...(snapshotproviderimage === undefined ? {} : { snapshotProviderImage: snapshotproviderimage }),
    ...(texts.length === 0 ? {} : { options: Object.fromEntries(texts) }),
  };
}
