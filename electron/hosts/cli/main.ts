/** The entry of the command line. */
import process from 'node:process';
import { runCommandLine } from './run.ts';

// The launcher holds the other end of this channel. It must not keep us alive; losing it cancels the run.
process.channel?.unref();

const returnCode = await runCommandLine({
  argv: process.argv.slice(2),
  environment: process.env,
  workingDirectory: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
});
// Everything is written and released; whatever else still waits (a terminal's input) must not keep the person waiting.
process.exit(returnCode);
