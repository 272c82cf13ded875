/** The web host in a process of its own: `stillframe web`, which dies with this process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const announcementSchema = z.object({ url: z.url(), pid: z.number().int() });

export interface WebChild {
  /** With the token in its fragment. */
  url: string;
  process: ChildProcess;
  /** Asks the host to release what it holds; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts the command line's `web` and reads its announcement. Throws where it ends without one. */
export async function startWebChild(cli: string): Promise<WebChild> {
  const child = spawn(process.execPath, [cli, 'web', '-exitwithparent'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  // It may be gone before it is told to stop.
  child.stdin.on('error', () => undefined);
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = announcementSchema.parse(JSON.parse(line));
    const stop = async (): Promise<void> => {
      child.stdin.end();
      await exited;
    };
    return { url, process: child, stop };
  }
  const [code] = await exited;
  throw new Error(`the web host ended with code ${code} before it was ready`);
}
