/** Values that requests made for the originals give, where they mean something else here. */

/** How an option's text is taken. */
export interface OptionValue {
  readonly value: string;
  /** Why the option is ignored; absent: it is not. */
  readonly note?: string;
}

/** The adapters of the field take formats as they look and give dsmc their number. */
const FORMAT_NUMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dateformat: {
    'MM/DD/YYYY': '1',
    'DD-MM-YYYY': '2',
    'YYYY-MM-DD': '3',
    'DD.MM.YYYY': '4',
    'YYYY.MM.DD': '5',
    'YYYY/MM/DD': '6',
    'DD/MM/YYYY': '7',
  },
  timeformat: { 'HH:MM:SS': '1', 'HH,MM,SS': '2', 'HH.MM.SS': '3', 'HH:MM:SSA/P': '4', 'A/P HH:MM:SS': '5' },
};

/** A drive of Windows, with or without a folder. */
const DRIVE = /^[a-z]:(?:[\\/].*)?$/i;

/** The text of an option element as the command line takes it. */
export function optionValue(option: string, text: string): OptionValue {
  const number = FORMAT_NUMBERS[option]?.[text.toUpperCase()];
  if (number !== undefined) return { value: number };
  if (option === 'snapshotcachelocation' && DRIVE.test(text)) {
    const note =
      `Note: snapshotcachelocation ${text} is a drive of Windows, which this computer does not have. It is ignored: ` +
      'what changes during the run is kept where the snapshot provider keeps it.';
    return { value: text, note };
  }
  return { value: text };
}
