/**
 * Key files: the master key, sealed with a key that scrypt derives from a passphrase (doc/design.rst, "Keys,
 * Encryption and MAC"). The layout of derived and master keys is the addon's: AES key, Poly1305 `k`, Poly1305 `r`.
 */
import { scrypt } from 'node:crypto';
import { MASTER_KEY_BYTES, native, SEAL_OVERHEAD_BYTES } from '../native.ts';
import { damaged, type FileReference } from './damage.ts';
import { parseJsonObject } from './unpacked.ts';

/** Cost of scrypt (RFC 7914). */
export interface KdfParameters {
  N: number;
  r: number;
  p: number;
}

export interface KeyFile extends KdfParameters {
  hostname: string;
  username: string;
  /** RFC 3339. */
  created: string;
  salt: Buffer;
  /** The sealed master key. */
  data: Buffer;
}

const SALT_BYTES = 64;
/** Largest cost that is accepted from a file: a hostile key must not take the machine down. */
const MAX_N = 2 ** 22;
const MAX_MEMORY_BYTES = 2 ** 30;
const MAX_WORK = 2 ** 26;
/** restic aims at half a second. */
const CALIBRATION_MS = 500;

function isCost(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= limit;
}

/** Checks a key file's JSON; throws `REPOSITORY_DAMAGED` for `reference`. */
export function parseKeyFile(json: Uint8Array, reference: FileReference): KeyFile {
  const { hostname, username, created, kdf, N, r, p, salt, data } = parseJsonObject(json, reference);
  if (kdf !== 'scrypt') throw damaged(reference, 'The key file names an unknown key derivation.');
  if (!isCost(N, MAX_N) || N < 2 || (N & (N - 1)) !== 0 || !isCost(r, 1024) || !isCost(p, 1024)) {
    throw damaged(reference, 'The costs of the key derivation are out of range.');
  }
  if (128 * N * r > MAX_MEMORY_BYTES || N * r * p > MAX_WORK) {
    throw damaged(reference, 'The key derivation would cost more than is allowed.');
  }
  const saltBytes = Buffer.from(typeof salt === 'string' ? salt : '', 'base64');
  const dataBytes = Buffer.from(typeof data === 'string' ? data : '', 'base64');
  if (saltBytes.length !== SALT_BYTES) throw damaged(reference, 'The salt has a wrong length.');
  if (dataBytes.length <= SEAL_OVERHEAD_BYTES) throw damaged(reference, 'The sealed key is too short.');
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    hostname: text(hostname),
    username: text(username),
    created: text(created),
    ...{ N, r, p },
    salt: saltBytes,
    data: dataBytes,
  };
}

/** The file's content in restic's field order. */
export function encodeKeyFile(file: KeyFile): Buffer {
  const { created, username, hostname, N, r, p, salt, data } = file;
  return Buffer.from(
    JSON.stringify({
      created,
      username,
      hostname,
      kdf: 'scrypt',
      ...{ N, r, p },
      salt: salt.toString('base64'),
      data: data.toString('base64'),
    }),
  );
}

/** The key that a passphrase gives, `MASTER_KEY_BYTES`. Runs on a thread of libuv's pool. */
export function deriveKey(passphrase: string, salt: Uint8Array, { N, r, p }: KdfParameters): Promise<Buffer> {
  const maxmem = 128 * N * r + 128 * r * p + (1 << 20);
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, MASTER_KEY_BYTES, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** Costs of keys that are random themselves: low, since there is nothing to guess. */
export const RANDOM_KEY_KDF: KdfParameters = { N: 16384, r: 8, p: 1 };

/** restic's default costs with as many passes as take about half a second here. `monotonic` in milliseconds. */
export async function calibrateKdf(monotonic: () => number): Promise<KdfParameters> {
  const parameters = { N: 32768, r: 8, p: 1 };
  const start = monotonic();
  await deriveKey('', new Uint8Array(SALT_BYTES), parameters);
  const passMs = Math.max(1, monotonic() - start);
  return { ...parameters, p: Math.min(16, Math.max(1, Math.floor(CALIBRATION_MS / passMs))) };
}

/** Seals a master key in restic's JSON form. */
export function sealMasterKey(derived: Uint8Array, master: Uint8Array): Buffer {
  const part = (from: number, to: number): string => Buffer.from(master.subarray(from, to)).toString('base64');
  const json = JSON.stringify({ mac: { k: part(32, 48), r: part(48, 64) }, encrypt: part(0, 32) });
  return native().seal(derived, Buffer.from(json));
}

/**
 * The master key of a key file, or undefined if `derived` is not its key. `REPOSITORY_DAMAGED` if it opens and then
 * holds no master key.
 */
export function openMasterKey(derived: Uint8Array, file: KeyFile, reference: FileReference): Buffer | undefined {
  let json: Buffer;
  try {
    json = native().open(derived, file.data);
  } catch {
    return undefined;
  }
  const { mac, encrypt } = parseJsonObject(json, reference);
  const { k, r } = typeof mac === 'object' && mac !== null ? { k: undefined, r: undefined, ...mac } : {};
  const parts = [encrypt, k, r].map((part) => Buffer.from(typeof part === 'string' ? part : '', 'base64'));
  const master = Buffer.concat(parts);
  if (parts[0]?.length !== 32 || parts[1]?.length !== 16 || master.length !== MASTER_KEY_BYTES) {
    throw damaged(reference, 'The key file holds no master key.');
  }
  return master;
}
