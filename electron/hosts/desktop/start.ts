/** `npm start`: opens the best window that this machine offers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { xdgDirectories } from '../node-ports.ts';
import { openChromium } from './chromium-window.ts';
import { candidates, chooseWindow } from './start-choice.ts';
import { startWebChild } from './web-child.ts';

const top = resolve(import.meta.dirname, '../../..');
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const say = (line: string): void => console.error(line);

function present(paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

async function main(): Promise<number> {
  const { state } = xdgDirectories();
  const path = process.env.PATH ?? '';
  const choice = chooseWindow(
    {
      electron: present([join(top, 'node_modules/electron/dist/electron')]),
      chromium: present(candidates(CHROMIUM_NAMES, path)),
      hasDisplay: Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
      isRoot: process.getuid?.() === 0,
      stateDirectory: state,
    },
    join(top, 'out/desktop/main.js'),
  );

  if (choice.kind === 'electron') {
    const child = spawn(choice.command, choice.args, { stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 1;
  }
  const web = await startWebChild(join(top, 'out/cli/main.js'));
  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopped.resolve());
  web.process.once('exit', () => stopped.resolve());

  if (choice.kind === 'chromium') {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    say('No Electron binary here: opening Chromium’s window. Closing it ends Stillframe.');
    const window = await openChromium(choice.command, choice.args, web.url);
    window.once('exit', () => stopped.resolve());
    await stopped.promise;
    window.kill();
  } else {
    say('No window can be opened here. Open this address in a browser on this machine; Ctrl+C ends Stillframe.');
    console.log(web.url);
    await stopped.promise;
  }
  await web.stop();
  return 0;
}

process.exitCode = await main();
