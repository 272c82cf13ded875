/** Options that choose among images and runs: point in time, versions, formats of dates. */
import { runSummarySchema } from '#contract';
import { freeText } from '../free-text.ts';
import { COMMAND_ONLY } from '../option-definition.ts';
import { choice, flag, integer, path } from '../option-kinds.ts';

const { kind, state } = runSummarySchema.shape;
const A_DATE = 'a date: YYYY-MM-DD, or as -dateformat or the locale writes it';
const A_TIME = 'a time: HH:MM:SS, or as -timeformat or the locale writes it';

export const QUERY_OPTIONS = {
  pitdate: freeText(
    {
      display: 'PITDate',
      places: COMMAND_ONLY,
      help: 'Take the version that was the newest one at the end of that day.',
    },
    A_DATE,
  ),
  pittime: freeText(
    { display: 'PITTime', places: COMMAND_ONLY, help: 'The time of -pitdate; default: the end of the day.' },
    A_TIME,
  ),
  dateformat: {
    ...integer(
      { display: 'DATEformat', places: COMMAND_ONLY, help: 'How dates are typed and shown; default: ISO 8601.' },
      { minimum: 0, maximum: 7 },
    ),
    allowed:
      '1 MM/DD/YYYY, 2 DD-MM-YYYY, 3 YYYY-MM-DD, 4 DD.MM.YYYY, 5 YYYY.MM.DD, 6 YYYY/MM/DD, 7 DD/MM/YYYY, ' +
      '0 as the locale has it',
  },
  timeformat: {
    ...integer(
      { display: 'TIMEformat', places: COMMAND_ONLY, help: 'How times are typed and shown; default: ISO 8601.' },
      { minimum: 0, maximum: 5 },
    ),
    allowed: '1 23:00:00, 2 23,00,00, 3 23.00.00, 4 12:00:00 A/P, 5 A/P 12:00:00, 0 as the locale has it',
  },
  pick: flag({ display: 'PIck', places: COMMAND_ONLY, help: 'Choose from a numbered list, at a terminal.' }, false),
  fromdate: freeText({ display: 'FROMDate', places: COMMAND_ONLY, help: 'Only runs from that day on.' }, A_DATE),
  fromtime: freeText(
    { display: 'FROMTime', places: COMMAND_ONLY, help: 'The time of -fromdate; default: the begin of the day.' },
    A_TIME,
  ),
  todate: freeText({ display: 'TODate', places: COMMAND_ONLY, help: 'Only runs up to that day.' }, A_DATE),
  totime: freeText(
    { display: 'TOTime', places: COMMAND_ONLY, help: 'The time of -todate; default: the end of the day.' },
    A_TIME,
  ),
  runkind: choice({ display: 'RUNKind', places: COMMAND_ONLY, help: 'Only runs of this kind.' }, kind.options),
  runstate: choice(
    { display: 'RUNState', places: COMMAND_ONLY, help: 'Only runs that are in this state.' },
    state.options,
  ),
  search: freeText(
    {
      display: 'SEArch',
      places: COMMAND_ONLY,
      help: 'Only runs whose volume, image or repository has this in its name.',
    },
    'a part of the name',
  ),
  maxruns: integer(
    { display: 'MAXRUns', places: COMMAND_ONLY, help: 'How many runs are listed at most.' },
    { minimum: 1, maximum: 5000 },
    50,
  ),
  filename: path({
    display: 'FILEName',
    places: COMMAND_ONLY,
    help: 'File that the answer is written to, instead of the terminal.',
  }),
} as const;
