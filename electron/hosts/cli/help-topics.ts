/** What `help` explains besides commands and options. */
import type { Abbreviable } from '#engine/policy/abbreviations.ts';

export interface HelpTopic extends Abbreviable {
  /** One line for the overview. */
  readonly help: string;
  readonly lines: readonly string[];
}

/** In the order in which the overview shows them. */
export const HELP_TOPICS: readonly HelpTopic[] = [
  {
    display: 'SYNtax',
    help: 'How commands are written.',
    lines: [
      'A command is words, operands and options, in whatever order the latter stand:',
      '',
      '    backup image /home -mode=incremental',
      '    b im -mo=incr /home',
      '',
      'Words and options may be shortened. What stands in capitals in this help is enough and stays enough; fewer letters',
      'are enough while no other word begins with them. What could mean two things is refused. Case does not matter.',
      '',
      'Options are -NAME=VALUE, or -NAME for yes; two hyphens are as good as one. After -- nothing is an option.',
      'Quotes, "…" or \'…\', keep a name with blanks together. A quote of one kind stands between quotes of the other.',
      'In “backup image”, its preview, and queries for images, volumes and file spaces, * and ? in the name of a VOLUME',
      'stand for any characters but a slash; put such a name in quotes in a shell, which would take them for files.',
    ],
  },
  {
    display: 'SESsion',
    help: 'Commands typed one after the other, and files of them.',
    lines: [
      'Started without a command, Stillframe reads commands: at a terminal with a prompt, history (↑, Ctrl-R) and',
      'completion (Tab), else line by line from standard input. The repository is opened once, for all of them.',
      'Options that it is started with hold for every command that does not say otherwise.',
      '',
      '    \\ at the end of a line, or a lone -, continues the command in the next line.',
      '    * at the start of a line makes it a comment; so does everything from a line that starts with /* up to */.',
      '',
      'Ctrl-C cancels the command that runs and goes back to the prompt; “quit” or Ctrl-D ends the session.',
      '“macro FILE” runs the commands of a file. One that fails does not keep the others from being run.',
      'The return code of a session or a macro is the highest of its commands.',
    ],
  },
  {
    display: 'CODes',
    help: 'What return codes mean.',
    lines: [
      ' 0  Done.',
      ' 4  Done; something was left out, such as a volume that a rule excludes.',
      ' 8  Done, with at least one warning.',
      '12  At least one thing that was asked for was not done, or it was cancelled.',
      '',
      'Of several commands or volumes the highest counts.',
    ],
  },
  {
    display: 'FILes',
    help: 'Files and variables that count.',
    lines: [
      'The options file is stillframe.opt in the configuration directory ($XDG_CONFIG_HOME/stillframe, by default',
      '~/.config/stillframe). A line is “name value” as -name=value is on the command line; * makes a comment.',
      'The command line holds over the environment, that over an include.image rule, that over the rest of the file.',
      '',
      'STILLFRAME_REPOSITORY      the repository, as -repository',
      'STILLFRAME_PASSWORD_FILE   the file with its passphrase, as -passwordfile',
      'STILLFRAME_PASSWORD        the passphrase itself',
      '',
      'Records of runs and the history of typed commands are in the state directory ($XDG_STATE_HOME/stillframe, by',
      'default ~/.local/state/stillframe), the personal repository in $XDG_DATA_HOME/stillframe.',
    ],
  },
];
