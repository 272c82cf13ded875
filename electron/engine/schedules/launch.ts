/** The command that a schedule runs. */
import type { ScheduleDefinition } from '#contract';
import { shellQuote } from '../base/shell-quote.ts';

/** What each action is on the command line. */
const COMMANDS = {
  backup: ['backup', 'image'],
  check: ['check'],
  checkData: ['check', '-readdata'],
  expire: ['expire'],
} as const satisfies Record<ScheduleDefinition['action'], readonly string[]>;

/** Arguments of our program, each as it is. Never holds a secret. */
export function scheduledArguments(definition: ScheduleDefinition): string[] {
  const { name, action, volumes, repository, passwordFile } = definition;
  return [
    ...COMMANDS[action],
    `-scheduled=${name}`,
    '-quiet',
    ...(repository === undefined ? [] : [`-repository=${repository}`]),
    ...(passwordFile === undefined ? [] : [`-passwordfile=${passwordFile}`]),
    // After `--` no name is taken for an option.
    ...(action === 'backup' && volumes.length > 0 ? ['--', ...volumes] : []),
  ];
}

/** The same as one line for people. */
export function scheduledCommandText(definition: ScheduleDefinition): string {
  return ['stillframe', ...scheduledArguments(definition)].map(shellQuote).join(' ');
}
