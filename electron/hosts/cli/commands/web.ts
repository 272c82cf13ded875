/** `web [-port=0] [-exitwithparent]`: serves the window to a browser of this machine. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAdapter } from '../adapter-host.ts';
import type { CommandContext } from '../command-context.ts';
import type { ReturnCode } from '../exit-codes.ts';

export async function run(context: CommandContext): Promise<ReturnCode> {
  const { options, output, engine, ports, cancellation } = context;
  const { startWebHost } = await import('../../web/start-web-host.ts');
  const { port, exitwithparent } = options.values;
  const host = await startWebHost({
    engine,
    rendererDirectory: join(packageDirectory(), 'out', 'renderer'),
    port,
    logger: ports.logger,
    clock: ports.clock,
    random: ports.random,
    exitWithParent: exitwithparent,
    adapter: createAdapter(context, 'web'),
  });
  // Whoever starts this reads one JSON line, with or without -json.
  output.restyle({ json: true, quiet: false });
  output.json({ url: host.url, pid: process.pid });
  const { signal } = cancellation;
  if (!signal.aborted) await Promise.race([host.stopped, once(signal, 'abort')]);
  await host.close();
  return output.worst;
}

/** The folder of package.json, from the sources and from `out/cli` alike. */
function packageDirectory(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
