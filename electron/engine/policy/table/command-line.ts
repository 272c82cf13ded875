/** Options of the command line itself. */
import { COMMAND_ONLY } from '../option-definition.ts';
import { flag, integer } from '../option-kinds.ts';

export const COMMAND_LINE_OPTIONS = {
  noprompt: flag(
    {
      display: 'NOPrompt',
      places: COMMAND_ONLY,
      help: 'Ask nothing: overwrite the target, or delete, without a confirmation.',
    },
    false,
  ),
  detail: flag({ display: 'DETail', places: COMMAND_ONLY, help: 'Show everything that is known.' }, false),
  inactive: flag(
    { display: 'INActive', places: COMMAND_ONLY, help: 'Older images and those of deactivated volumes, too.' },
    false,
  ),
  readdata: flag(
    { display: 'READData', places: COMMAND_ONLY, help: 'Read, decrypt and verify every stored block.' },
    false,
  ),
  port: integer(
    { display: 'PORt', places: COMMAND_ONLY, help: 'Port on 127.0.0.1; 0 takes a free one.' },
    { minimum: 0, maximum: 65_535 },
    0,
  ),
  exitwithparent: flag(
    { display: 'EXITWithparent', places: COMMAND_ONLY, help: 'End when standard input is closed.' },
    false,
  ),
  json: flag({ display: 'JSON', places: COMMAND_ONLY, help: 'Write JSON to standard output, for programs.' }, false),
  quiet: flag({ display: 'QUiet', tab: 'general', help: 'Commands show results and problems only.' }, false),
  debug: flag(
    { display: 'DEBug', places: COMMAND_ONLY, help: 'Write the log to standard error, as JSON lines.' },
    false,
  ),
} as const;
