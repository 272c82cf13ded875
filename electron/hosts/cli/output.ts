/** Everything the command line says: standard output for results, standard error for messages and progress. */
import type { Writable } from 'node:stream';
import { type MessageId, messageIdOfError, messageIdOfWarning, type WarningKind, type WireError } from '#contract';
import type { ErrorLog } from '#engine/ports.ts';
import { errorReport, happened } from './error-report.ts';
import { highest, type ReturnCode, returnCodeOfMessage } from './exit-codes.ts';

/** A stream that may be a terminal. */
export interface OutputStream extends Writable {
  isTTY?: boolean;
  columns?: number;
}

export interface OutputStyle {
  /** JSON instead of text on standard output. */
  json: boolean;
  /** Results and problems only. */
  quiet: boolean;
}

/**
 * Writes text or JSON. In JSON mode text for people never reaches standard output. A reader that went away (EPIPE)
 * only ends the output: a backup does not fail because somebody closed `less`.
 */
export class Output {
  readonly #stdout: OutputStream;
  readonly #stderr: OutputStream;
  #style: OutputStyle;
  #status = '';
  #worst: ReturnCode = 0;
  #errorLog: ErrorLog | undefined;
  readonly #closed = new WeakSet<Writable>();

  constructor(stdout: OutputStream, stderr: OutputStream, style: OutputStyle) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#style = style;
    for (const stream of [stdout, stderr]) {
      stream.on('error', () => this.#closed.add(stream));
    }
  }

  get style(): OutputStyle {
    return this.#style;
  }

  /** The style is known only once the command line was understood. */
  restyle(style: OutputStyle): void {
    this.#style = style;
  }

  /** For the next command: its style, and no messages so far. */
  restart(style: OutputStyle): void {
    this.#style = style;
    this.#worst = 0;
  }

  /** From now on, messages that are warnings or worse go into the error log, too. */
  logTo(errorLog: ErrorLog | undefined): void {
    this.#errorLog = errorLog;
  }

  /** Messages go into an error log. */
  get isLogged(): boolean {
    return this.#errorLog !== undefined;
  }

  /** What the messages so far make the return code at least. */
  get worst(): ReturnCode {
    return this.#worst;
  }

  /** A progress line can be shown and redrawn. */
  get showsStatus(): boolean {
    return this.#stderr.isTTY === true && !this.#style.json && !this.#style.quiet;
  }

  get columns(): number {
    // A terminal that nobody gave a size says 0.
    return this.#stderr.columns || 80;
  }

  /** Information for people; left out when quiet. */
  info(...lines: readonly string[]): void {
    if (!this.#style.quiet && !this.#style.json) this.#writeLines(this.#stdout, lines);
  }

  /** What the person asked for, as text. */
  result(...lines: readonly string[]): void {
    if (!this.#style.json) this.#writeLines(this.#stdout, lines);
  }

  /** One JSON document or JSON line. */
  json(value: unknown): void {
    if (this.#style.json) this.#writeLines(this.#stdout, [JSON.stringify(value)]);
  }

  /** A message for people, on standard error. */
  message(...lines: readonly string[]): void {
    this.#writeLines(this.#stderr, lines);
  }

  /** A message of the catalogue, which raises the return code to what its severity stands for. */
  report(messageId: MessageId, text: string): void {
    this.#raise(messageId);
    this.message(`${messageId} ${text}`);
    this.#errorLog?.write({ messageId, text });
  }

  /** A message that makes the return code at least 8, or 4 where something was skipped. */
  warning(text: string, kind?: WarningKind): void {
    this.report(messageIdOfWarning(kind), text);
  }

  /** The warnings of a run, which the engine has put into the error log already. */
  warnings({ warnings, warningIds = [] }: { warnings: readonly string[]; warningIds?: readonly MessageId[] }): void {
    for (const [index, text] of warnings.entries()) {
      const messageId = warningIds[index] ?? messageIdOfWarning();
      this.#raise(messageId);
      this.message(`${messageId} ${text}`);
    }
  }

  /** An error with what is known of it. `isLogged`: the error log has it already. */
  error(error: Pick<WireError, 'code' | 'details'>, isLogged = false): void {
    const messageId = messageIdOfError(error.code);
    this.#raise(messageId);
    this.message(...errorReport(error));
    const { reason } = error.details;
    const text = [happened(error), reason].filter((part) => typeof part === 'string').join(' ');
    if (!isLogged) this.#errorLog?.write({ messageId, text });
  }

  /** The one line that is redrawn; empty to take it away. */
  status(text: string): void {
    if (!this.showsStatus || text === this.#status) return;
    this.#status = text;
    this.#write(this.#stderr, `\r\x1b[K${text}`);
  }

  /** Resolves once everything was handed to the system. */
  async flush(): Promise<void> {
    this.status('');
    await Promise.all(
      [this.#stdout, this.#stderr].map(
        (stream) => this.#closed.has(stream) || new Promise<void>((resolve) => stream.write('', () => resolve())),
      ),
    );
  }

  #raise(messageId: MessageId): void {
    this.#worst = highest(this.#worst, returnCodeOfMessage(messageId));
  }

  #writeLines(stream: OutputStream, lines: readonly string[]): void {
    const status = this.#status;
    if (status !== '') this.status('');
    this.#write(stream, lines.map((line) => `${line}\n`).join(''));
    if (status !== '') this.status(status);
  }

  #write(stream: OutputStream, text: string): void {
    if (!this.#closed.has(stream)) stream.write(text);
  }
}
