/** `adapter`: one `tsm-request` on standard input, one `tsm-response` on standard output. */
import type { WireError } from '#contract';
import { EngineError } from '#engine/base/errors.ts';
import { MOST_REQUEST_BYTES } from '../../adapter/limits.ts';
import { errorResponse } from '../../adapter/response.ts';
import { createAdapter } from '../adapter-host.ts';
import type { PlainContext } from '../command-context.ts';
import { errorReport } from '../error-report.ts';
import type { ReturnCode } from '../exit-codes.ts';
import type { InputStream } from '../terminal.ts';

export async function run(context: PlainContext): Promise<ReturnCode> {
  const { output, terminal, cancellation, session } = context;
  if (session.depth > 0) {
    const reason = 'A session reads standard input itself, so no request can come from there.';
    throw new EngineError('COMMAND_INVALID', { reason, remedy: 'Run “stillframe adapter” by itself.' });
  }
  const adapter = createAdapter(context, 'program');
  // The answer is the document, with or without -json and -quiet.
  output.restyle({ json: false, quiet: false });
  let request: Uint8Array;
  try {
    request = await cancellation.race(readRequest(terminal.input));
  } catch (error) {
    output.result(adapter.refuse(error).trimEnd());
    return 12;
  }
  const { xml, exitCode } = await adapter.answer(request, cancellation.signal);
  output.result(xml.trimEnd());
  return RETURN_CODES.find((code) => code === exitCode) ?? 12;
}

/** The answer where not even the options could be read. */
export function failed(error: WireError): readonly string[] {
  return [errorResponse({ error, report: errorReport(error) }).trimEnd()];
}

const RETURN_CODES: readonly ReturnCode[] = [0, 4, 8, 12];

/** The whole input; of one that is too large, enough to say so. */
async function readRequest(input: InputStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > MOST_REQUEST_BYTES) break;
  }
  return Buffer.concat(chunks);
}
