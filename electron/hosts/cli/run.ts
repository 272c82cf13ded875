/** One run of the command line, from arguments to return code. */
import { toWireError } from '#engine/base/errors.ts';
import { Cancellation, type SignalSource } from './cancellation.ts';
import { errorReport } from './error-report.ts';
import { highest, type ReturnCode, returnCodeOf } from './exit-codes.ts';
import { wantsJson } from './option-words.ts';
import { Output, type OutputStream } from './output.ts';
import type { ProgramName } from './phrases.ts';
import { Session } from './session.ts';
import { type InputStream, Terminal } from './terminal.ts';

/** What a run needs from its process. */
export interface CommandLineHost {
  readonly argv: readonly string[];
  /** The name that it was started under, for help; default `stillframe`. */
  readonly program?: ProgramName;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly signals: SignalSource;
}

/**
 * Runs one command, which may be a session of many. Every error is reported here; nothing is thrown. Resolves once
 * everything was written and released.
 */
export async function runCommandLine(host: CommandLineHost): Promise<ReturnCode> {
  const output = new Output(host.stdout, host.stderr, { json: wantsJson(host.argv), quiet: false });
  const cancellation = new Cancellation(host.signals, (text) => output.message(text));
  const terminal = new Terminal(host.stdin, host.stderr);
  let returnCode: ReturnCode = 0;
  try {
    await using session = new Session(host, { output, terminal, cancellation });
    returnCode = await session.run(host.argv);
  } catch (error) {
    // Only releasing can fail here; what was held is named.
    const wire = toWireError(error);
    output.message(...errorReport(wire));
    returnCode = highest(returnCode, returnCodeOf({ kind: 'error', code: wire.code }));
  }
  await output.flush();
  return returnCode;
}
