/** Threads, descriptors and promises end with the environment, however it ends. */
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { native } from '../index.ts';
import { findAddon } from '../load.ts';
import { Scratch } from './volumes.ts';

const PACKAGE = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** Runs a module under this Node; `volume` is argv[2]. Fails if it does not end within 10 s. */
async function runScript(scratch: Scratch, code: string): Promise<string> {
  const volume = scratch.file('volume', randomBytes(64 << 20));
  const script = scratch.file('script.mts', Buffer.from(PRELUDE + code));
  const { stdout } = await run(process.execPath, ['--expose-gc', script, volume], { timeout: 10_000 });
  return stdout.trim();
}

const PRELUDE = `
import { Worker, isMainThread } from 'node:worker_threads';
import { native } from ${JSON.stringify(join(PACKAGE, 'native', 'index.ts'))};
const volume = process.argv[2];
const sizeBytes = 64 << 20;
const start = () => native().createSealer({
  device: native().openDevice(volume), sizeBytes, extents: Float64Array.of(0, sizeBytes), gridBytes: 65536,
  key: new Uint8Array(64), zstdLevel: 19, knownIds: new Uint8Array(0), threads: 3,
});
const buffer = () => new Uint8Array(1 << 20);
`;

test('process.exit in the middle of a run', async () => {
  using scratch = new Scratch();
  const code = `
    const sealer = start();
    await sealer.fillPack(buffer());
    sealer.fillPack(buffer());
    sealer.fillPack(buffer());
    console.log('leaving');
    process.exit(0);`;
  expect(await runScript(scratch, code)).toBe('leaving');
});

test('an idle, unclosed session does not keep the process alive', async () => {
  using scratch = new Scratch();
  expect(await runScript(scratch, `const sealer = start(); await sealer.fillPack(buffer()); console.log('end');`)).toBe(
    'end',
  );
});

test('a pending promise does keep it alive', async () => {
  using scratch = new Scratch();
  const code = `start().fillPack(buffer()).then((pack) => console.log(pack.blobs.count > 0));`;
  expect(await runScript(scratch, code)).toBe('true');
});

test('worker threads with a running session: terminated, exiting, and ending by themselves', async () => {
  using scratch = new Scratch();
  const code = `
    if (isMainThread) {
      for (const end of ['terminate', 'exit', 'fall', 'throw']) {
        const worker = new Worker(new URL(import.meta.url), { argv: [volume], env: { ...process.env, END: end } });
        worker.on('error', () => {});
        const exited = new Promise((resolve) => worker.once('exit', resolve));
        await new Promise((resolve) => worker.once('message', resolve));
        if (end === 'terminate') await worker.terminate();
        else await exited;
      }
      const sealer = start();
      console.log((await sealer.fillPack(buffer())).blobs.count > 0);
      sealer.close();
    } else {
      const { parentPort } = await import('node:worker_threads');
      const sealer = start();
      await sealer.fillPack(buffer());
      sealer.fillPack(buffer()).catch(() => {});
      native().writeFile('/proc/nowhere/x', buffer()).catch(() => {});
      parentPort.postMessage('ready');
      if (process.env.END === 'exit') process.exit(0);
      if (process.env.END === 'throw') throw new Error('on purpose');
      if (process.env.END === 'terminate') setInterval(() => {}, 1000);
    }`;
  expect(await runScript(scratch, code)).toBe('true');
});

test('garbage collection ends forgotten sessions and closes their devices', async () => {
  using scratch = new Scratch();
  const code = `
    const { readdirSync } = await import('node:fs');
    const count = (folder) => readdirSync(folder).length;
    native();
    await (async () => { const s = start(); await s.fillPack(buffer()); s.close(); })();
    const [files, threads] = [count('/proc/self/fd'), count('/proc/self/task')];
    for (let i = 0; i < 5; i++) await (async () => { await start().fillPack(buffer()); })();
    for (let i = 0; i < 20; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 10)); }
    console.log(count('/proc/self/fd') <= files, count('/proc/self/task') <= threads);`;
  expect(await runScript(scratch, code)).toBe('true true');
});

test('close gives the descriptors back, also when the device was closed first', async () => {
  using scratch = new Scratch();
  const volume = scratch.file('volume', randomBytes(4 << 20));
  const opened = () => readdirSync('/proc/self/fd').length;
  const before = opened();
  const device = native().openDevice(volume);
  const sealer = native().createSealer({
    device,
    sizeBytes: 4 << 20,
    extents: Float64Array.of(0, 4 << 20),
    gridBytes: 65536,
    key: new Uint8Array(64),
    zstdLevel: 1,
    knownIds: new Uint8Array(0),
  });
  device.close();
  expect((await sealer.fillPack(new Uint8Array(1 << 20)))?.blobs.count).toBeGreaterThan(0);
  sealer.close();
  expect(opened()).toBe(before);
});

test('no symbol of libcrypto or libzstd crosses the border of the addon', () => {
  const addon = findAddon(PACKAGE);
  if (addon === undefined) throw new Error('the addon is not built');
  const symbols = execFileSync('nm', ['-D', addon], { encoding: 'utf8' });
  expect(symbols).toContain('napi_register_module_v1');
  expect(symbols.match(/\b(EVP_|OPENSSL_|CRYPTO_|SHA256|AES_|RAND_|ZSTD_|HUF_|FSE_)\w*/g) ?? []).toEqual([]);
});
