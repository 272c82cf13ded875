/**
 * Texts without secrets, for logs. Two nets: passphrases and keys that this process has been given are known and are
 * taken out wherever they stand; what merely looks like a secret is taken out, too.
 */

export const HIDDEN = '•••';

/** Shorter ones would take half of every text with them, and keep nobody out. */
const SHORTEST_SECRET = 4;
/** The newest that are remembered, each in its forms: a process that is given many must not get slower with each. */
const MOST_FORMS = 400;

const known = new Set<string>();

/** Names of fields and variables whose values are secrets. */
const SECRET_NAME =
  /pass(word|phrase)|passwd|secret|token|credential|authorization|cookie|recovery ?key|api[_-]?key|private[_-]?key/i;

const NAMES =
  '\\w*pass(?:word|phrase|wd)?|\\w*secret\\w*|\\w*token|\\w*api[_-]?key|\\w*private[_-]?key|\\w*credentials?|recovery ?key|(?:set-)?cookie|(?:proxy-)?authorization';
/** `password=…` and the like in the middle of a text; in quotes, or after the kind of an authorization, with blanks. */
const SECRET_VALUE = new RegExp(
  `\\b((?:${NAMES})\\\\*["']?\\s*[=:]\\s*(?:(?:basic|bearer|digest)\\s+)?)(?:\\\\*"(?:[^"\\\\]|\\\\[^"])*(?:\\\\*"|$)|'[^']*(?:'|$)|\\S+)`,
  'gi',
);
/** `--password …`, as programs are called. */
const SECRET_ARGUMENT = new RegExp(`(\\s--?(?:${NAMES})\\s+)(?:"[^"]*"|'[^']*'|\\S+)`, 'gi');
const BEARER = /\b((?:bearer|basic)\s+)[A-Za-z0-9+/=._~-]{8,}/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** `scheme://user:password@host`; a password may hold the sign itself. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/]+@/gi;
/** What our recovery keys look like (`generateRecoveryKey`), as groups of four as well. */
const RECOVERY_KEY = /\b[A-Z0-9]{4,5}(?:-[A-Z0-9]{4,5}){5,}\b/g;

/** From now on this text is in no log of this process. */
export function rememberSecret(secret: string | undefined): void {
  if (secret === undefined || secret.trim().length < SHORTEST_SECRET) return;
  // As it is, as it is written in JSON, and as in an address.
  for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeForm(secret), secret.trim()]) {
    known.delete(form);
    known.add(form);
  }
  for (const oldest of known) {
    if (known.size <= MOST_FORMS) break;
    known.delete(oldest);
  }
}

/** Words like `false` in a variable whose name only looks like that of a secret are shorter. */
const SHORTEST_EXPORTED = 8;

/** Values of the environment whose names say that they are secrets. Names of files are none. */
export function rememberSecretsOf(environment: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(environment)) {
    if (!isSecretName(name) || /_(FILE|PATH|DIR|SOCK|COMMAND)$/i.test(name)) continue;
    if ((value ?? '').length >= SHORTEST_EXPORTED) rememberSecret(value);
  }
}

/** A field of this name is not to be shown. `passwordfile` is the name of a file. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !/passwordfile$/i.test(name);
}

/** The text without the secrets that are known, and without what looks like one. */
export function withoutSecrets(text: string): string {
  let clean = text;
  // The longest first: one may be part of another.
  for (const secret of [...known].toSorted((a, b) => b.length - a.length)) clean = clean.replaceAll(secret, HIDDEN);
  return clean
    .replace(PRIVATE_KEY, HIDDEN)
    .replace(USER_INFO, `$1${HIDDEN}@`)
    .replace(SECRET_VALUE, `$1${HIDDEN}`)
    .replace(SECRET_ARGUMENT, `$1${HIDDEN}`)
    .replace(BEARER, `$1${HIDDEN}`)
    .replace(RECOVERY_KEY, HIDDEN);
}

function encodeForm(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : text;
}
