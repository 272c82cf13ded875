/** Volumes for tests of the binding: real files and loop devices in a folder of their own. */
import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A scratch folder that removes itself. */
export class Scratch implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'stillframe-native-'));
  readonly #loops: string[] = [];

  /** Writes a file into the folder and returns its path. */
  file(name: string, bytes: Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, bytes);
    return path;
  }

  /** Attaches a loop device over a file of this folder; detached with it. Needs root. */
  loop(path: string, ...options: string[]): string {
    const device = execFileSync('losetup', ['-f', '--show', ...options, path], { encoding: 'utf8' }).trim();
    this.#loops.push(device);
    return device;
  }

  /** Detaches one loop device early. */
  detach(device: string): void {
    execFileSync('losetup', ['-d', device]);
    this.#loops.splice(this.#loops.indexOf(device), 1);
  }

  [Symbol.dispose](): void {
    for (const device of this.#loops.splice(0)) execFileSync('losetup', ['-d', device]);
    rmSync(this.path, { recursive: true, force: true });
  }
}

/**
 * Bytes like those of a volume: of each four blocks one is text, one random, one zero and one a copy of the text, so
 * that compression, storing raw, the zero blob and deduplication all happen.
 */
export function mixedBytes(length: number, blockBytes: number): Buffer {
  const bytes = Buffer.alloc(length);
  const text = Buffer.from('The quick brown fox jumps over the lazy dog, time and again. ');
  for (let block = 0; block * blockBytes < length; block++) {
    const part = bytes.subarray(block * blockBytes, (block + 1) * blockBytes);
    if (block % 4 === 0) part.fill(`${Math.floor(block / 4)} ${text}`);
    else if (block % 4 === 1) randomFillSync(part);
    else if (block % 4 === 3) bytes.copy(part, 0, (block - 3) * blockBytes);
  }
  return bytes;
}
