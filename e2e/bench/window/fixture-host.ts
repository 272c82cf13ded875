/** The window on canned data: repositories that no build machine could hold, through the real contract and transport. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { top } from '../../driver/programs.ts';

export interface FixtureHost extends AsyncDisposable {
  url: string;
}

/** Starts `renderer/dev/fixture-server.ts` with these words. */
export async function startFixtureHost(...words: string[]): Promise<FixtureHost> {
  const program = resolve(top, 'renderer/dev/fixture-server.ts');
  const host = spawn('node', [program, ...words, '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((found, failed) => {
    createInterface({ input: host.stdout }).once('line', found);
    host.once('close', (code) => failed(new Error(`the fixture host ended with ${code}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    async [Symbol.asyncDispose]() {
      if (host.exitCode !== null) return;
      const gone = new Promise((done) => host.once('close', done));
      host.kill('SIGTERM');
      await gone;
    },
  };
}
