/** Whether a line stands in the person's crontab. It is only read: a crontab is the person's to change. */
import type { Schedule } from '#contract';
import { findProgram, runProgram } from './programs.ts';

/** Lines of the crontab; none where there is no cron or no crontab. */
export async function crontabLines(root: string): Promise<string[]> {
  const program = await findProgram(root, 'crontab');
  if (program === undefined) return [];
  const { PATH, HOME, USER, LOGNAME } = process.env;
  const { succeeded, stdout } = await runProgram(program, ['-l'], { PATH, HOME, USER, LOGNAME, LC_ALL: 'C' });
  return succeeded ? stdout.split('\n').map((line) => line.trim()) : [];
}

/** What the crontab makes of a schedule whose line is `line`. */
export function stateInCrontab(lines: readonly string[], name: string, line: string): Schedule['state'] {
  const active = lines.filter((one) => !one.startsWith('#'));
  if (active.includes(line)) return 'installed';
  return active.some((one) => one.includes(` -scheduled=${name} `)) ? 'changed' : 'missing';
}
