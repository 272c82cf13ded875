/** A `tsm-response`: the elements, their order and their words are those of the adapters of the field. */
import type { WireError } from '#contract';
import { element, escapeText, type Markup, textElement } from './xml-writer.ts';

/** An error with its text for people. */
export interface ReportedError {
  readonly error: WireError;
  readonly report: readonly string[];
}

/** One `command-output`. */
export interface CommandOutput {
  /** As it could be typed. */
  readonly command: string;
  readonly lines: readonly string[];
  readonly milliseconds: number;
  /** 0, 4, 8 or 12. */
  readonly exitCode: number;
  /** What ended it, where that was the adapter's doing and not the command's. */
  readonly ended?: ReportedError;
}

/** The return code of an error: what was asked for was not done. */
export const FAILED = 12;

/** The answer to a request that was understood; its status is `error` as soon as one command failed. */
export function responseOf(outputs: readonly CommandOutput[]): string {
  const failed = outputs.some(({ exitCode }) => exitCode >= FAILED);
  return documentOf(
    element('metadata', textElement('status', statusOf(failed)), textElement('count', outputs.length)),
    element('commands-output', ...outputs.map(commandOutput)),
  );
}

/** The answer to everything else: no command was run. */
export function errorResponse(error: ReportedError): string {
  return documentOf(
    element('metadata', textElement('status', statusOf(true)), textElement('count', 0), errorElement(error)),
    element('commands-output'),
  );
}

function documentOf(...children: Markup[]): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', ...element('tsm-response', ...children)];
  return `${lines.join('\n')}\n`;
}

function commandOutput({ command, lines, milliseconds, exitCode, ended }: CommandOutput): Markup {
  return element(
    'command-output',
    element(
      'metadata',
      textElement('command', command),
      textElement('line-count', lines.length),
      textElement('execution-milliseconds', Math.round(milliseconds)),
      textElement('exit-code', exitCode),
      textElement('status', statusOf(exitCode >= FAILED)),
      ...(ended ? [errorElement(ended)] : []),
    ),
    element(
      'output',
      lines.map((line, at) => `<line index="${at + 1}">${escapeText(line)}</line>`),
    ),
  );
}

/** `code` is one of the closed set of codes; the rest are sentences. */
function errorElement({ error, report }: ReportedError): Markup {
  const { reason, remedy } = error.details;
  return element(
    'error',
    textElement('code', error.code),
    textElement('message', report[0] ?? error.message),
    ...(typeof reason === 'string' ? [textElement('reason', reason)] : []),
    ...(typeof remedy === 'string' ? [textElement('remedy', remedy)] : []),
  );
}

function statusOf(failed: boolean): string {
  return failed ? 'error' : 'success';
}
