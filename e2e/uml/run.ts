/**
 * Runs a command inside user-mode Linux, as root, with the real machine's files read-only, and ends as it ended.
 *
 *   node e2e/uml/run.ts [--exchange=FOLDER] [--time-limit=SECONDS] -- COMMAND ARGUMENT…
 *
 * FOLDER is writable inside as /run/exchange. Variables whose names begin with STILLFRAME_ are set inside, too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runInMachine, whyNoMachine } from './machine.ts';

const GIB = 1024 ** 3;
/** Status where the command did not come to its end. */
const BROKEN = 125;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { exchange: { type: 'string' }, 'time-limit': { type: 'string', default: '3600' } },
});

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopping.abort());

async function main(): Promise<number> {
  const missing = whyNoMachine();
  if (missing !== undefined) {
    console.error(missing);
    return BROKEN;
  }
  const own = values.exchange === undefined ? await mkdtemp(join(tmpdir(), 'stillframe-exchange-')) : undefined;
  try {
    const passed = Object.entries(process.env).filter(([name]) => name.startsWith('STILLFRAME_'));
    const result = await runInMachine({
      command: positionals,
      exchange: own ?? resolve(values.exchange ?? ''),
      environment: Object.fromEntries(passed.map(([name, value]) => [name, value ?? ''])),
      disks: [8 * GIB, 4 * GIB, 2 * GIB],
      timeLimitMs: Number(values['time-limit']) * 1000,
      signal: stopping.signal,
      print: (text) => process.stdout.write(text),
    });
    if (result.code === undefined) console.error(`user-mode Linux: ${result.problem}`);
    return result.code ?? BROKEN;
  } finally {
    if (own !== undefined) await rm(own, { recursive: true, force: true });
  }
}

process.exitCode = await main();
