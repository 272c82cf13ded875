import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock, ErrorLogSettings } from '../ports.ts';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { ERROR_LOG_BYTES, ErrorLogFile, errorLogPath, withErrorLog } from './error-log.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SMALL: ErrorLogSettings = { limitBytes: ERROR_LOG_BYTES, save: false };
const run = promisify(execFile);

let workspace: Workspace;
let path: string;
let nowMs: number;
let log: ErrorLogFile;
const clock: Clock = { now: () => nowMs, monotonic: () => nowMs };

beforeEach(async () => {
  workspace = await createWorkspace();
  path = errorLogPath(workspace.path('state'));
  nowMs = Date.parse('2026-11-25T21:00:00Z');
  log = new ErrorLogFile(workspace.path('state'), clock);
});
afterEach(() => workspace[Symbol.asyncDispose]());

const texts = (from = log): string[] => from.read(10_000).map(({ text }) => text);
const warn = (text: string): void => log.write({ messageId: 'SFR9200W', text });

it('keeps warnings and errors, readable by their owner only, and passes everything on', async () => {
  const passed: string[] = [];
  const note = (message: string): void => void passed.push(message);
  const { logger } = testPorts(workspace.folder);
  const kept = withErrorLog({ ...logger, debug: note, info: note, warn: note, error: note }, log);
  kept.debug('one');
  kept.info('two');
  kept.warn('three', { volume: '/dev/sdb1' });
  kept.error('four');
  expect(passed).toEqual(['one', 'two', 'three', 'four']);
  expect(log.read(10)).toMatchObject([
    { level: 'warn', text: 'three (volume: /dev/sdb1)', messageId: 'SFR9200W', time: '2026-11-25T21:00:00.000Z' },
    { level: 'error', text: 'four', messageId: 'SFR1028S' },
  ]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toMatch(/^2026-11-2\d \d\d:00:00\.000[+-]\d\d:\d\d SFR9200W three \(volume/);
});

it('bounds lines, the file, and its tail', async () => {
  log.configure({ ...SMALL, limitBytes: 100_000 });
  for (let n = 0; n < 200; n++) warn(`${n} ${'y'.repeat(1500)}`);
  for (const name of [path, `${path}.1`]) expect((await stat(name)).size).toBeLessThan(102_000);
  const tail = log.read(60);
  expect(tail).toHaveLength(60);
  expect(tail.at(-1)?.text).toMatch(/^199 /);
  expect(tail[0]?.text).toMatch(/^140 /);
  log.configure({ ...SMALL, limitBytes: 0 });
  for (let n = 0; n < 200; n++) warn('z'.repeat(1500));
  expect((await stat(path)).size).toBeGreaterThan(300_000);
});

it('reads what it can of a damaged file and of lines of earlier versions, and goes on after half a line', async () => {
  expect(log.read(10)).toEqual([]);
  await mkdir(workspace.path('state'));
  const earlier = JSON.stringify({ time: '1970-01-01T00:00:00.000Z', level: 'error', text: 'whole' });
  await writeFile(path, `half a line"}\n\0\0\n{"time":"yesterday"}\n${earlier}\n2026-11-25 21:00`);
  expect(log.read(10)).toEqual([{ time: '1970-01-01T00:00:00.000Z', level: 'error', text: 'whole' }]);
  warn('next');
  expect(texts()).toEqual(['whole', 'next']);
});

it('moves and shortens nothing that is no log of ours, whatever it quotes', async () => {
  const document = `Dear support,\n2020-01-01 10:00:00.000+00:00 SFR9200W this is what it said\nYours\n`;
  const mine = workspace.path('letter.txt');
  await writeFile(mine, document);
  log.configure({ limitBytes: 10, days: 1, save: true, path: mine });
  warn('elsewhere');
  expect(await readFile(mine, 'utf8')).toBe(document);
  const named = workspace.path('run');
  await writeFile(`${named}.1`, document);
  log.configure({ limitBytes: 10, days: 1, save: false, path: named });
  warn('one');
  nowMs += 9 * 86_400_000;
  warn('two');
  expect(await readFile(`${named}.1`, 'utf8')).toBe(document);
  expect(await readFile(named, 'utf8')).toMatch(/ one\n.* two\n$/);
});

it('fails nobody where it cannot be written', async () => {
  await writeFile(workspace.path('state'), 'in the way');
  warn('lost');
  expect(log.read(10)).toEqual([]);
  await rm(workspace.path('state'));
  await mkdir(path, { recursive: true });
  warn('lost');
  expect(log.read(10)).toEqual([]);
});

describe('a name of its own', () => {
  it('is written to, found again, and followed through a link', async () => {
    await mkdir(workspace.path('logs'));
    await symlink(workspace.path('logs'), workspace.path('link'));
    log.configure({ ...SMALL, path: workspace.path('link/dsmerror.log') });
    warn('here');
    warn('again');
    expect(texts()).toEqual(['here', 'again']);
    expect(await readFile(workspace.path('logs/dsmerror.log'), 'utf8')).toMatch(/here\n.*again\n$/);
  });

  it('of what is no error log is left alone, and the lines go to the usual place', async () => {
    await writeFile(workspace.path('letter.txt'), 'Dear Sir or Madam\n');
    await run('mkfifo', [workspace.path('pipe')]);
    await mkdir(workspace.path('folder'));
    const names = ['letter.txt', 'pipe', 'folder', 'nowhere/at/all'].map((name) => workspace.path(name));
    for (const name of [...names, '/dev/full', '/dev/null', '/dev/zero', '/proc/version']) {
      log.configure({ ...SMALL, path: name, days: 1 });
      warn(`not into ${name}`);
    }
    expect(await readFile(workspace.path('letter.txt'), 'utf8')).toBe('Dear Sir or Madam\n');
    log.configure(SMALL);
    expect(texts()).toHaveLength(8);
  });
});

describe('retention', () => {
  const young = ['8 days old', '3 days old', 'of now'];

  function writeSome(): void {
    const end = nowMs;
    for (const days of [30, 8, 3]) {
      nowMs = end - days * DAY_MS;
      warn(`${days} days old`);
    }
    nowMs = end;
    warn('of now');
  }

  it('discards what is too old, once the engine starts', async () => {
    writeSome();
    log.configure({ ...SMALL, days: 10 });
    expect(texts()).toEqual(young);
    log.configure({ ...SMALL, days: 5 });
    warn('later');
    expect(texts()).toEqual(['3 days old', 'of now', 'later']);
    await expect(stat(`${path}.pru`)).rejects.toThrow();
  });

  it('saves it where that is asked for, and what stands below goes with a line', async () => {
    writeSome();
    await writeFile(path, `${await readFile(path, 'utf8')}`.replace('30 days old\n', '30 days old\n  a second line\n'));
    log.configure({ ...SMALL, days: 10, save: true });
    expect(texts()).toEqual(young);
    expect(await readFile(`${path}.pru`, 'utf8')).toMatch(/ SFR9200W 30 days old\n {2}a second line\n$/);
  });

  it('keeps everything by default, and lets go once a day in a process that goes on', () => {
    writeSome();
    log.configure(SMALL);
    expect(texts()).toHaveLength(4);
    log.configure({ ...SMALL, days: 40 });
    nowMs += 11 * DAY_MS;
    warn('eleven days later');
    expect(texts()).toEqual([...young, 'eleven days later']);
  });

  it('goes on where a killed one had stopped, and heeds who is at it now', async () => {
    writeSome();
    await writeFile(`${path}.pruning`, await readFile(path, 'utf8'));
    await rm(path);
    expect(texts()).toHaveLength(4);
    await mkdir(`${path}.lock`);
    log.configure({ ...SMALL, days: 10 });
    expect(texts()).toHaveLength(4);
    await rm(`${path}.lock`, { recursive: true });
    log.configure({ ...SMALL, days: 10 });
    expect(texts()).toEqual(young);
  });
});

it('loses no line of many processes while it is turned over and old lines go', async () => {
  const program = `
    const { ErrorLogFile } = await import(process.argv[1]);
    const clock = { now: () => Date.now(), monotonic: () => 0 };
    const log = new ErrorLogFile(process.argv[2], clock);
    for (let n = 0; n < 200; n++) {
      // Everything is young: pruning only moves it.
      log.configure({ limitBytes: 60_000, days: 1, save: false });
      log.write({ messageId: 'SFR9200W', text: process.argv[3] + ' ' + n + ' ' + 'x'.repeat(80) });
    }`;
  const source = `${import.meta.dirname}/error-log.ts`;
  nowMs = Date.now() - 2 * DAY_MS;
  warn('old');
  nowMs = Date.now();
  const state = workspace.path('state');
  await Promise.all(
    ['a', 'b', 'c'].map((name) => run(process.execPath, ['--input-type=module', '-e', program, source, state, name])),
  );
  const found = texts();
  expect(found).not.toContain('old');
  // 600 lines of about 130 bytes are turned over once.
  expect(found).toHaveLength(600);
});
