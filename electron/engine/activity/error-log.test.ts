import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testPorts } from '../testing/test-ports.ts';
import { createWorkspace, type Workspace } from '../testing/workspace.ts';
import { appendErrorLine, ERROR_LOG_BYTES, errorLogPath, readErrorLog, withErrorLog } from './error-log.ts';
import { lineText, logLine, MAX_LINE_LENGTH, withoutSecrets } from './log-lines.ts';

let workspace: Workspace;
let path: string;

beforeEach(async () => {
  workspace = await createWorkspace();
  path = errorLogPath(workspace.path('state'));
});
afterEach(() => workspace[Symbol.asyncDispose]());

it('keeps warnings and errors, readable by their owner only, and passes everything on', async () => {
  const { logger, clock } = testPorts(workspace.folder);
  const passed: string[] = [];
  const note = (message: string): void => void passed.push(message);
  const log = withErrorLog(
    { ...logger, debug: note, info: note, warn: note, error: note },
    workspace.path('state'),
    clock,
  );
  log.debug('one');
  log.info('two');
  log.warn('three', { volume: '/dev/sdb1' });
  log.error('four');
  expect(passed).toEqual(['one', 'two', 'three', 'four']);
  expect(readErrorLog(path, 10).map(({ level, text }) => [level, text])).toEqual([
    ['warn', 'three (volume: /dev/sdb1)'],
    ['error', 'four'],
  ]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('never keeps a secret', async () => {
  const fields = {
    passphrase: 'hunter2',
    location: 's3://user:hunter2@host/bucket',
    reason: 'PASSWORD=hunter2 was refused, AWS_SECRET_ACCESS_KEY: hunter2',
    key: 'KQ7M-2RTD-9XWF-HB4N-6VJC-PZ3A-8YGE-5SLU',
    nested: { sessionToken: 'hunter2' },
  };
  const text = lineText('opened http://127.0.0.1:4000/#token=hunter2', fields);
  expect(text).not.toMatch(/hunter2|KQ7M/);
  expect(text).toContain('s3://•••@host/bucket');
  // Names of things are no secrets.
  expect(lineText('a key file is damaged', { key: 'ab'.repeat(32) })).toContain('abab');
});

it('hides secrets as they really look', () => {
  const texts = [
    'passphrase="correct horse battery" was refused',
    "password: 'correct horse battery'",
    'authorization: Bearer battery',
    'https://me:p@ss-battery@host/store',
    JSON.stringify({ password: 'correct horse battery' }),
  ];
  for (const text of texts) expect(withoutSecrets(text)).not.toMatch(/horse|battery/);
  expect(withoutSecrets('https://me:p@ss@host/store')).toBe('https://•••@host/store');
});

it('bounds lines, the file, and its tail', async () => {
  expect(lineText('x'.repeat(10_000)).length).toBe(MAX_LINE_LENGTH);
  const line = logLine(Date.now(), 'warn', 'y'.repeat(1500));
  for (let n = 0; n < 2000; n++) appendErrorLine(path, { ...line, text: `${n} ${line.text}` });
  for (const name of [path, `${path}.1`]) expect((await stat(name)).size).toBeLessThan(ERROR_LOG_BYTES + 2000);
  const tail = readErrorLog(path, 1000);
  expect(tail).toHaveLength(1000);
  expect(tail.at(-1)?.text).toMatch(/^1999 /);
  expect(tail[0]?.text).toMatch(/^1000 /);
});

it('reads what it can of a damaged file, and nothing where there is none', async () => {
  expect(readErrorLog(path, 10)).toEqual([]);
  await mkdir(workspace.path('state'));
  await writeFile(path, `half a line"}\n\0\0\n{"time":"yesterday"}\n${JSON.stringify(logLine(0, 'error', 'whole'))}\n`);
  expect(readErrorLog(path, 10)).toEqual([{ time: '1970-01-01T00:00:00.000Z', level: 'error', text: 'whole' }]);
  appendErrorLine(path, logLine(1, 'warn', 'next'));
  expect(readErrorLog(path, 10)).toHaveLength(2);
});

it('fails nobody where it cannot be written', async () => {
  await writeFile(workspace.path('state'), 'in the way');
  appendErrorLine(path, logLine(0, 'error', 'lost'));
  expect(readErrorLog(path, 10)).toEqual([]);
  await rm(workspace.path('state'));
  await mkdir(join(path), { recursive: true });
  appendErrorLine(path, logLine(0, 'error', 'lost'));
  expect(readErrorLog(path, 10)).toEqual([]);
  await expect(readFile(path)).rejects.toThrow();
});
