/** Requests in XML to the real program and the real web host, judged by restic, e2fsck and xmllint's peer, expat. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { top } from '../driver/programs.ts';
import { entryPoint, environmentOf } from '../driver/stillframe.ts';
import { lockCount, mountOptions, run, Stand } from './stand.ts';
import { ext4File, fill, hashes, MIB, wreck } from './volumes.ts';

const SIZE = 96 * MIB;
const asRoot = process.getuid?.() === 0;

/** The sample of the field, as docs/adapter.md shows it. */
async function sampleFor(volume: string): Promise<string> {
  const page = await readFile(join(top, 'docs/adapter.md'), 'utf8');
  const [, sample = ''] = /```xml\n(<tsm-request>.*?)```/s.exec(page) ?? [];
  expect(sample).toContain('<volume-list>e:</volume-list>');
  return sample.replace('<volume-list>e:<', `<volume-list>${volume}<`);
}

function request(operation: string, ...parts: readonly string[]): string {
  const command = `<command-request>${parts.join('')}</command-request>`;
  return `<tsm-request><operation-name>${operation}</operation-name>${command}</tsm-request>`;
}

const options = (inside: string) => `<command-options>${inside}</command-options>`;
const given = (inside: string) => `<command-arguments>${inside}</command-arguments>`;

function start(stand: Stand, ...args: string[]): ChildProcess {
  const env = { ...process.env, ...environmentOf(stand.place) };
  const child = spawn('node', [entryPoint(), ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

interface Answer {
  code: number | null;
  xml: string;
}

/** What `stillframe adapter` answers. */
async function answerOf(child: ChildProcess, xml: string | Buffer): Promise<Answer> {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('no pipes');
  // It stops reading what is too large.
  stdin.on('error', () => undefined);
  stdin.end(xml);
  const ended = once(child, 'close');
  const answer = await text(stdout);
  const [code] = (await ended) as [number | null];
  await expectWellFormed(answer);
  return { code, xml: answer };
}

async function expectWellFormed(xml: string): Promise<void> {
  const script = 'import sys, xml.parsers.expat as e; e.ParserCreate().Parse(sys.stdin.buffer.read(), True)';
  const judge = spawn('python3', ['-c', script], { stdio: ['pipe', 'ignore', 'inherit'] });
  judge.stdin?.end(xml);
  expect(await once(judge, 'close'), xml).toEqual([0, null]);
}

/** The text of the first element with the name. */
function value(xml: string, name: string): string {
  return new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}

test("the field's sample backs a volume up, and its sibling restores it", async () => {
  await using stand = await Stand.create();
  const file = await ext4File(stand, 'volume.ext4', SIZE);
  const volume = asRoot ? await stand.attach(file) : file;
  let before = new Map<string, string>();
  if (asRoot) {
    const point = await stand.mount(volume);
    await fill(point, 12);
    before = await hashes(point);
    await run('umount', [point]);
  }
  await stand.ok('init');

  const backup = await answerOf(start(stand, 'adapter'), await sampleFor(volume));
  expect(backup.code, backup.xml).toBe(0);
  expect(value(backup.xml, 'status')).toBe('success');
  expect(value(backup.xml, 'count')).toBe('1');
  expect(value(backup.xml, 'exit-code')).toBe('0');
  const lines = [...backup.xml.matchAll(/<line index="(\d+)">([^<]*)</g)].map(([, , line = '']) => line);
  expect(lines).toHaveLength(Number(value(backup.xml, 'line-count')));
  // The lines of the sample response, in its order.
  let from = -1;
  for (const line of [
    /^Command Line Backup\/Archive Client Interface$/,
    /^ {2}Client Version \d+, Release \d+, Level \d+\.0$/,
    /^ {2}Client date\/time: \d/,
    /^Node Name: ./,
    /^Session established with ./,
    /^Backup Image function invoked\.$/i,
    /^Image backup of volume '/,
    /^Using static image backup for volume '/,
    /^Volume --&gt; +[\d,]+ .* \[Sent\]$/,
    /^Image backup .*finished without failure\.$/,
    ...['inspected: +1', 'backed up: +1', 'updated: +0', 'rebound: +0', 'deleted: +0', 'expired: +0', 'failed: +0'].map(
      (end) => new RegExp(`^Total number of objects ${end}$`),
    ),
    /^Total number of bytes transferred: +\d/,
    /^Data transfer time: +\d+\.\d\d sec$/,
    /^Network data transfer rate: .*\/sec$/,
    /^Aggregate data transfer rate: .*\/sec$/,
    /^Objects compressed by: +\d+%$/,
    /^Elapsed processing time: +\d\d:\d\d:\d\d$/,
  ]) {
    const at = lines.findIndex((candidate, index) => index > from && line.test(candidate));
    expect(at, `${line} after line ${from + 1} of ${backup.xml}`).toBeGreaterThan(from);
    from = at;
  }
  await stand.restic(['check', '--read-data']);

  const query = await answerOf(
    start(stand, 'adapter'),
    request('query-image', given(`<filespec>${volume}</filespec>`)),
  );
  expect(query.xml).toContain('96.0 MiB');
  await wreck(volume, SIZE);
  const restore = await answerOf(
    start(stand, 'adapter'),
    request('restore-image', options('<noprompt/>'), given(`<source-filespec>${volume}</source-filespec>`)),
  );
  expect(restore.code, restore.xml).toBe(0);
  await run('e2fsck', ['-f', '-n', volume]);
  if (asRoot) expect(await hashes(await stand.mount(volume))).toEqual(before);
});

test('a request that never ends is answered without being read to its end', async () => {
  await using stand = await Stand.create();
  const endless = start(stand, 'adapter');
  const { stdin, stdout } = endless;
  if (!stdin || !stdout) throw new Error('no pipes');
  stdin.on('error', () => undefined);
  const feed = setInterval(() => stdin.write('<a>'.repeat(20_000)), 5);
  onTestFinished(() => clearInterval(feed));
  const xml = await text(stdout);
  expect(xml).toContain('larger than 65536 bytes');
});

test.runIf(asRoot)('timeout-secs, SIGTERM and a client that goes away leave nothing behind', async () => {
  await using stand = await Stand.create();
  const device = await stand.attach(await ext4File(stand, 'volume.ext4', SIZE));
  const point = await stand.mount(device);
  await fill(point, 4);
  const mounted = await mountOptions(point);
  await stand.ok('init');
  const config = join(stand.place.home, 'config/stillframe');
  await run('mkdir', ['-p', config]);
  // Only ours sleeps for so long.
  const slow = `sleep 97.${process.pid}`;
  const sleeping = async () => (await run('pgrep', ['-f', slow], { accept: [0, 1] })).stdout.trim() !== '';
  const clean = async () => {
    await expect.poll(sleeping, { timeout: 10_000 }).toBe(false);
    expect(await mountOptions(point)).toBe(mounted);
    await expect.poll(() => lockCount(stand), { timeout: 10_000 }).toBe(0);
    await writeFile(join(point, 'can-be-written'), 'yes');
  };
  const parts = (more: string) =>
    options(`<imagetype>snapshot</imagetype><snapshotproviderimage>FREEZE</snapshotproviderimage>${more}`) +
    given(`<volume-list>${device}</volume-list>`);
  const command = `<presnapshotcmd>${slow}</presnapshotcmd>`;

  const late = await answerOf(
    start(stand, 'adapter'),
    request('backup-image', '<timeout-secs>2</timeout-secs>', parts(command)),
  );
  expect(late.code, late.xml).toBe(12);
  expect(value(late.xml, 'exit-code')).toBe('12');
  expect(value(late.xml, 'status')).toBe('error');
  expect(value(late.xml, 'code')).toBe('REQUEST_TIMEOUT');
  expect(late.xml).toMatch(/<line index="\d+">[^<]*longer than 2 seconds/);
  expect(Number(value(late.xml, 'execution-milliseconds'))).toBeLessThan(20_000);
  await clean();

  const child = start(stand, 'adapter');
  const stopped = answerOf(child, request('backup-image', parts(command)));
  await expect.poll(sleeping, { timeout: 20_000 }).toBe(true);
  child.kill('SIGTERM');
  const { code, xml } = await stopped;
  expect({ code, error: value(xml, 'code') }, xml).toEqual({ code: 12, error: 'CANCELLED' });
  await clean();

  // Over HTTP the command comes from the options file, where an administrator may put it.
  await writeFile(join(config, 'stillframe.opt'), `presnapshotcmd ${slow}\n`);
  const web = start(stand, 'web');
  if (!web.stdout) throw new Error('no pipe');
  const [line] = (await once(createInterface({ input: web.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const { origin, hash } = new URL(url);
  const client = new AbortController();
  const post = (body: string, signal?: AbortSignal) =>
    fetch(`${origin}/adapter`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hash.replace('#token=', '')}`, 'content-type': 'text/xml' },
      body,
      ...(signal ? { signal } : {}),
    });
  expect((await post(request('backup-image', parts(command)))).status).toBe(400);
  const abandoned = post(request('backup-image', parts('')), client.signal);
  await expect.poll(sleeping, { timeout: 20_000 }).toBe(true);
  client.abort();
  await expect(abandoned).rejects.toThrow();
  await clean();

  await writeFile(join(config, 'stillframe.opt'), '* nothing\n');
  const answer = await post(request('backup-image', parts('')));
  const document = await answer.text();
  await expectWellFormed(document);
  expect({ status: answer.status, exit: value(document, 'exit-code') }, document).toEqual({ status: 200, exit: '0' });
  const again = await (await post(request('query-image'))).text();
  expect(again).toContain(device);
  // The repository is open: no key is derived once more.
  expect(Number(value(again, 'execution-milliseconds'))).toBeLessThan(1000);
  // Nobody can be asked, so nothing is overwritten.
  const source = given(`<source-filespec>${device}</source-filespec>`);
  expect(await (await post(request('restore-image', source))).text()).toMatch(/TARGET_(NOT_CONFIRMED|MOUNTED)/);
  web.kill('SIGTERM');
  expect(await once(web, 'close')).toEqual([0, null]);
  await clean();
});
