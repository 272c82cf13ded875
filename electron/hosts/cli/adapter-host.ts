/** Command lines for the XML adapter, run in this process with the session's engine. */
import { homedir } from 'node:os';
import { Readable } from 'node:stream';
import { EngineError } from '#engine/base/errors.ts';
import type { OptionName } from '#engine/policy/options.ts';
import { resolveOptions } from '#engine/policy/resolve-options.ts';
import { Adapter } from '../adapter/adapter.ts';
import { adapterCommands, otherOptions, type Sender } from './adapter-commands.ts';
import { Cancellation, type SignalSource } from './cancellation.ts';
import { CapturedOutput } from './captured-output.ts';
import type { PlainContext } from './command-context.ts';
import { errorReport } from './error-report.ts';
import type { ReturnCode } from './exit-codes.ts';
import { parseCommandLine } from './grammar.ts';
import { wantsJson } from './option-words.ts';
import { Output } from './output.ts';
import type { SessionParts } from './session.ts';
import { Terminal } from './terminal.ts';
import { bannerLines } from './text/banner-text.ts';
import { VERSION } from './version.ts';

/** What an adapter is made of. */
type AdapterContext = Pick<PlainContext, 'session' | 'typed' | 'ports'>;

/** What holds for every command line of the adapter, as it was said when the adapter was started. */
const STANDING: readonly OptionName[] = ['repository', 'passwordfile', 'debug'];

/** An adapter whose commands run in `context.session`. Its requests are to be answered one at a time. */
export function createAdapter(context: AdapterContext, sender: Sender): Adapter {
  const { ports } = context;
  const captured = new CapturedOutput();
  // The same for all of them: the engine, which lives longer than a command, writes its notes there.
  const output = new Output(captured.stream(), captured.stream(), { json: false, quiet: false });
  const terminal = new Terminal(Readable.from([]), captured.stream());
  return new Adapter({
    commands: adapterCommands(sender),
    otherOptions: otherOptions(),
    check: checkCommandLine,
    report: errorReport,
    async run(argv, { signal, notes }) {
      const started = ports.clock.monotonic();
      const now = ports.clock.now();
      const cancellation = new Cancellation(signalsOf(signal), (text) => output.message(text));
      const exitCode = await runInside(context, { output, terminal, cancellation }, sender, argv);
      await output.flush();
      const repository = context.session.openRepository;
      const banner = bannerLines({ version: VERSION, now, nodeName: ports.nodeName, repository });
      const said = captured.take();
      const lines = wantsJson(argv) ? [...notes, ...said] : [...banner, ...notes, ...said];
      return { lines, exitCode, milliseconds: ports.clock.monotonic() - started };
    },
  });
}

function runInside(
  { session, typed }: AdapterContext,
  parts: SessionParts,
  sender: Sender,
  argv: readonly string[],
): Promise<ReturnCode> {
  const standing = new Map([...typed].filter(([name]) => STANDING.includes(name)));
  // The window goes on using the engine of the web host.
  const keepEngine = sender === 'web';
  return session.apart(parts, { keepEngine }, () => session.within(standing, () => session.run(argv)));
}

/** Throws where the grammar does not know the command line or the options table refuses a value. */
function checkCommandLine(argv: readonly string[]): void {
  const parsed = parseCommandLine(argv, 'stillframe');
  if (parsed.kind !== 'run')
    throw new EngineError('COMMAND_INVALID', { reason: 'It is not a command that can be run.' });
  resolveOptions({
    command: parsed.options,
    environment: {},
    paths: { workingDirectory: process.cwd(), homeDirectory: homedir() },
  });
}

/** An abort as the signal that ends one command. */
function signalsOf(signal: AbortSignal): SignalSource {
  return {
    on: (event, listener) => event === 'SIGINT' && signal.addEventListener('abort', listener, { once: true }),
  };
}
