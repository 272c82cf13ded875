import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAppRequest, resolveAppPath } from './app-protocol.ts';
import { CONTENT_SECURITY_POLICY } from './security-policy.ts';

describe('resolveAppPath', () => {
  it.each([
    ['app://stillframe/', '/r/index.html'],
    ['app://stillframe/index.html?x#y', '/r/index.html'],
    ['app://stillframe/assets/main-B1x_2.js', '/r/assets/main-B1x_2.js'],
  ])('finds %s', (url, path) => {
    expect(resolveAppPath(url, '/r')).toBe(path);
  });

  it.each([
    'app://other/index.html',
    'file:///r/index.html',
    'app://stillframe/..%2f..%2fetc/passwd.js',
    'app://stillframe/a/%5c..%5csecret.html',
    'app://stillframe/.hidden.js',
    'app://stillframe//index.html',
    'app://stillframe/index.html%00.js',
    'app://stillframe/main.js.map',
    'app://stillframe/assets',
    'not a url',
  ])('refuses %s', (url) => {
    expect(resolveAppPath(url, '/r')).toBeUndefined();
  });

  it('never leaves the folder, however dots are written', () => {
    for (const path of ['../x.js', '../../x.js', 'a/../../x.js', './../x.js', '%2e%2e/x.js', '.%2E/x.js']) {
      expect(resolveAppPath(`app://stillframe/${path}`, '/r') ?? '/r/').toMatch(/^\/r\//);
    }
  });
});

describe('answerAppRequest', () => {
  let directory: string;
  const get = (path: string, method = 'GET') =>
    answerAppRequest({ url: `app://stillframe${path}`, method }, join(directory, 'renderer'));
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stillframe-app-protocol-'));
    await mkdir(join(directory, 'renderer/folder.js'), { recursive: true });
    await writeFile(join(directory, 'secret.js'), 'secret');
    await writeFile(join(directory, 'renderer/index.html'), '<title>Stillframe</title>');
    await symlink(join(directory, 'secret.js'), join(directory, 'renderer/link.js'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('serves a file with the policy', async () => {
    const answer = await get('/');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Stillframe');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/absent.js', '/link.js', '/folder.js', '/../secret.js'])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('answers GET only', async () => {
    expect((await get('/', 'POST')).status).toBe(404);
  });
});
