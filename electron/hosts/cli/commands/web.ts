/** `web [-port=0] [-exitwithparent]`: serves the window to a browser of this machine. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

/** The built window: from `electron/hosts/cli/commands` and from `out/cli` alike it is found by the package's root. */
async function rendererDirectory(): Promise<string> {
  const { existsSync } = await import('node:fs');
  for (let folder = new URL('.', import.meta.url); folder.pathname !== '/'; folder = new URL('..', folder)) {
    if (existsSync(new URL('package.json', folder))) return fileURLToPath(new URL('out/renderer', folder));
  }
  return fileURLToPath(new URL('renderer', import.meta.url));
}

export async function run({ options, output, engine, ports, cancellation }: CommandContext): Promise<ReturnCode> {
  const { startWebHost } = await import('../../web/start-web-host.ts');
  const { port, exitwithparent } = options.values;
  const host = await startWebHost({
    engine,
    rendererDirectory: await rendererDirectory(),
    port,
    logger: ports.logger,
    clock: ports.clock,
    random: ports.random,
    exitWithParent: exitwithparent,
  });
  // Whoever starts this reads one JSON line, with or without -json.
  process.stdout.write(`${JSON.stringify({ url: host.url, pid: process.pid })}\n`);
  const { signal } = cancellation;
  await Promise.race([host.stopped, signal.aborted ? undefined : once(signal, 'abort')]);
  await host.close();
  return output.worst;
}
