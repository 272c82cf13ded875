/**
 * Answers requests in XML by running command lines. Nothing is run before all of a request was understood, every option
 * was looked up and every value judged; whatever happens, the answer is a well-formed `tsm-response`.
 */
import type { WireError } from '#contract';
import { EngineError, toWireError } from '#engine/base/errors.ts';
import { shellQuote } from '#engine/base/shell-quote.ts';
import { type CommandLine, commandLineOf } from './command-line.ts';
import { type AdapterCommand, type AdapterHost, type CommandRun, operationName } from './commands.ts';
import { decodeDocument } from './decode.ts';
import { MOST_REQUEST_BYTES } from './limits.ts';
import { parseXml } from './parse-xml.ts';
import { quoted, refusal } from './refusal.ts';
import { readRequest } from './request.ts';
import { type CommandOutput, errorResponse, FAILED, type ReportedError, responseOf } from './response.ts';

/** Answer to one request. */
export interface AdapterAnswer {
  /** A whole document in UTF-8. */
  readonly xml: string;
  /** False: nothing was run, because the request was not understood. */
  readonly understood: boolean;
  /** The highest exit code of its commands; 12 where it was not understood. */
  readonly exitCode: number;
}

interface Job extends CommandLine {
  readonly timeoutSeconds: number | undefined;
}

export class Adapter {
  /** Largest request, in bytes. */
  readonly mostBytes = MOST_REQUEST_BYTES;
  readonly #host: AdapterHost;

  constructor(host: AdapterHost) {
    this.#host = host;
  }

  /**
   * Runs what a `tsm-request` asks for, one command after the other. When `signal` aborts, the one that runs is cancelled
   * and the others are not begun. Never rejects.
   */
  async answer(request: Uint8Array, signal: AbortSignal): Promise<AdapterAnswer> {
    let jobs: readonly Job[];
    try {
      jobs = this.#jobsOf(request);
    } catch (error) {
      return { xml: this.refuse(error), understood: false, exitCode: FAILED };
    }
    const outputs: CommandOutput[] = [];
    for (const job of jobs) outputs.push(await this.#outputOf(job, signal));
    const exitCode = Math.max(...outputs.map((output) => output.exitCode));
    return { xml: responseOf(outputs), understood: true, exitCode };
  }

  /** The answer where nothing can be run because of `error`. */
  refuse(error: unknown): string {
    return errorResponse(this.#reported(toWireError(error)));
  }

  #jobsOf(bytes: Uint8Array): Job[] {
    const { operation, commands } = readRequest(parseXml(decodeDocument(bytes)));
    const command = this.#commandOf(operation);
    return commands.map((request) => {
      const line = commandLineOf(command, request, this.#host.otherOptions);
      this.#host.check(line.argv);
      return { ...line, timeoutSeconds: request.timeoutSeconds };
    });
  }

  #commandOf(operation: string): AdapterCommand {
    const { commands } = this.#host;
    const command = commands.find((one) => operationName(one) === operation);
    if (command) return command;
    throw refusal(
      `There is no operation ${quoted(operation)}.`,
      `Operations are ${commands.map(operationName).toSorted().join(', ')}.`,
    );
  }

  async #outputOf({ argv, asked, notes, timeoutSeconds }: Job, signal: AbortSignal): Promise<CommandOutput> {
    const command = ['stillframe', ...asked].map(shellQuote).join(' ');
    if (signal.aborted) return this.#ended({ command, lines: [], milliseconds: 0 }, new EngineError('CANCELLED'));
    using limit = new TimeLimit(timeoutSeconds);
    const either = AbortSignal.any([signal, limit.signal]);
    let run: CommandRun;
    try {
      run = await this.#host.run(argv, { signal: either, notes });
    } catch (error) {
      return this.#ended({ command, lines: [], milliseconds: 0 }, error);
    }
    // What was done in time is told as it ended; the clock only explains what it cut off.
    if (run.exitCode < FAILED || !either.aborted) return { command, ...run, lines: withoutBlanks(run.lines) };
    const why = signal.aborted
      ? new EngineError('CANCELLED')
      : new EngineError('REQUEST_TIMEOUT', {
          ...(timeoutSeconds === undefined ? {} : { seconds: timeoutSeconds }),
          reason: `timeout-secs was ${timeoutSeconds}.`,
        });
    return this.#ended({ command, ...run, lines: withoutBlanks(run.lines) }, why);
  }

  #ended(output: Omit<CommandOutput, 'exitCode' | 'ended'>, error: unknown): CommandOutput {
    const ended = this.#reported(toWireError(error));
    return { ...output, lines: [...output.lines, ...ended.report], exitCode: FAILED, ended };
  }

  #reported(error: WireError): ReportedError {
    return { error, report: this.#host.report(error) };
  }
}

/** Lines between paragraphs are for people; the originals leave them out. */
function withoutBlanks(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '');
}

/** Aborts its signal after some seconds, unless it is disposed before. */
class TimeLimit implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(seconds: number | undefined) {
    if (seconds !== undefined) this.#timer = setTimeout(() => this.#controller.abort(), seconds * 1000);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
