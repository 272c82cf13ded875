import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rememberSecret, rememberSecretsOf, withoutSecrets } from '../base/secrets.ts';
import { formatErrorLine, parseErrorLine } from './error-log-lines.ts';
import { lineText, MAX_LINE_LENGTH } from './log-lines.ts';

it('never keeps a secret', () => {
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
  expect(lineText('it cannot be read', { passwordfile: '/etc/pw' })).toContain('/etc/pw');
});

it('hides secrets as they really look', () => {
  const texts = [
    'passphrase="correct horse battery" was refused',
    "password: 'correct horse battery'",
    'authorization: Bearer battery',
    'https://me:p@ss-battery@host/store',
    JSON.stringify({ password: 'correct horse battery' }),
    JSON.stringify({ output: JSON.stringify({ password: 'correct horse battery' }) }),
    'mysqldump --password battery failed',
    'curl -H "X: y" with bearer battery-battery',
    'api_key=battery, apikey: battery',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nbattery\nhorse',
    'Set-Cookie: battery',
  ];
  for (const text of texts) expect(withoutSecrets(text)).not.toMatch(/horse|battery/);
  expect(withoutSecrets('https://me:p@ss@host/store')).toBe('https://•••@host/store');
});

/** Secrets as people and programs make them. */
const SECRET = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }).filter((text) => /\S{6}/.test(text));

it('hides what the process was given, wherever it stands and however it is written', () => {
  const places: ((secret: string) => [string, Record<string, unknown>])[] = [
    (secret) => [`the command printed: ${secret}`, {}],
    (secret) => ['it failed', { reason: `pre ${secret} post` }],
    (secret) => ['it failed', { output: JSON.stringify({ said: [secret] }) }],
    (secret) => ['it failed', { nested: { list: [{ said: secret }] } }],
    (secret) => ['it failed', { address: `http://127.0.0.1/?q=${encodeURIComponent(secret)}` }],
    (secret) => ['it failed', { [secret]: 'a name' }],
  ];
  fc.assert(
    fc.property(SECRET, fc.constantFrom(...places), (tail, place) => {
      // Told apart from the words around it.
      const secret = `§${tail}`;
      rememberSecretsOf({ MY_PASSWORD: secret, MY_PASSWORD_FILE: 'failed' });
      const [message, fields] = place(secret);
      const line = formatErrorLine({ messageId: 'SFR9200W', text: lineText(message, fields) }, 0);
      expect(line).not.toContain(secret);
      expect(line).not.toContain(tail);
      expect(line).not.toContain(encodeURIComponent(secret));
    }),
    { numRuns: 150 },
  );
});

it('hides what is only called a secret, in every field', () => {
  const names = ['password', 'newPassphrase', 'AWS_SECRET_ACCESS_KEY', 'sessionToken', 'recoveryKey', 'Authorization'];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.stringMatching(/^[A-Za-z0-9+/$%!]{8,30}$/), (name, tail) => {
      const secret = `Q${tail}`;
      const shapes = [
        lineText('m', { [name]: secret }),
        lineText('m', { details: { [name]: secret } }),
        lineText(`${name}=${secret} is wrong`),
        lineText(`${name}: "${secret}"`),
        lineText('m', { reason: JSON.stringify({ [name]: secret }) }),
      ];
      for (const text of shapes) expect(text).not.toContain(secret);
    }),
    { numRuns: 150 },
  );
});

it('takes no secret for one that is too short to be one', () => {
  rememberSecret('a');
  rememberSecret(undefined);
  expect(withoutSecrets('a banana')).toBe('a banana');
});

it('bounds a line, and what it says comes back as it was, on one line', () => {
  expect(lineText('x'.repeat(10_000)).length).toBe(MAX_LINE_LENGTH);
  fc.assert(
    fc.property(
      fc
        .array(fc.oneof(fc.nat(0xff), fc.nat(0xffff)), { maxLength: 100 })
        .map((codes) => String.fromCharCode(...codes)),
      fc.integer({ min: 0, max: 4e12 }),
      fc.constantFrom('SFR9200W', 'SFR1028S', 'SFR1901I'),
      (text, at, messageId) => {
        const line = formatErrorLine({ messageId, text }, at);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const read = parseErrorLine(line.slice(0, -1));
        expect(read).toMatchObject({ messageId, time: new Date(at).toISOString() });
        expect(read?.text).not.toMatch(/[\p{Cc}]/u);
      },
    ),
  );
});
