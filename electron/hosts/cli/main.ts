/** The entry of the command line. */
import { basename } from 'node:path';
import process from 'node:process';
import { runCommandLine } from './run.ts';

// The launcher holds the other end of this channel. It must not keep us alive; losing it cancels the run.
process.channel?.unref();

/** A link may give the program the name that scripts know; the launcher passes it on as the name of the process. */
const calledDsmc = [process.argv0, process.argv[1] ?? ''].some((path) => basename(path) === 'dsmc');

const returnCode = await runCommandLine({
  argv: process.argv.slice(2),
  program: calledDsmc ? 'dsmc' : 'stillframe',
  environment: process.env,
  workingDirectory: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
});
// Everything is written and released; whatever else still waits (a terminal's input) must not keep the person waiting.
process.exit(returnCode);
