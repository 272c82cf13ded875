import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { announcement } from './announcement.ts';
import { watchParent } from './parent-watch.ts';

const module = new URL('./parent-watch.ts', import.meta.url).href;
/** Says when the parent is gone; would otherwise live for a minute. */
const script = `
  import { watchParent } from ${JSON.stringify(module)};
  setTimeout(() => {}, 60_000);
  watchParent(() => { process.stdout.write('gone'); process.exit(0); }, { pollMs: 50 });
  process.stdout.write('ready ');
`;

function start(stdin: 'pipe' | 'ignore') {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: [stdin, 'pipe', 'inherit'] });
  let output = '';
  const { promise: firstOutput, resolve: sawOutput } = Promise.withResolvers<void>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    sawOutput();
  });
  return { child, output: () => output, ready: firstOutput };
}

describe('watchParent', () => {
  it('notices the end of standard input', async () => {
    const { child, output, ready } = start('pipe');
    await ready;
    child.stdin?.end();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(output()).toBe('ready gone');
  });

  it('does not take /dev/null for a parent that is gone', async () => {
    const { child, output, ready } = start('ignore');
    await ready;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(output()).toBe('ready ');
    child.kill();
    await once(child, 'close');
  });

  it('notices that the parent died, once', async () => {
    let parent = 10;
    let calls = 0;
    const stdin = Object.assign(new PassThrough(), { fd: -1 });
    watchParent(() => calls++, { stdin, parentId: () => parent, pollMs: 5 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(calls).toBe(0);
    parent = 1;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(calls).toBe(1);
  });

  it('stops watching when disposed', async () => {
    let calls = 0;
    const stdin = Object.assign(new PassThrough(), { fd: -1 });
    let parent = 10;
    watchParent(() => calls++, { stdin, parentId: () => parent, pollMs: 5 })[Symbol.dispose]();
    parent = 1;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(calls).toBe(0);
  });
});

describe('announcement', () => {
  it('is one line with exactly url and pid', () => {
    const line = announcement({ url: 'http://127.0.0.1:1/#token=a' }, 7);
    expect(line.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(line)).toEqual({ url: 'http://127.0.0.1:1/#token=a', pid: 7 });
  });
});
