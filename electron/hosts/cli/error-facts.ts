/** Reads the plain-data details of an error for its text. Whatever is missing or misshapen is left out. */
import { byteRangeSchema, type ErrorDetails, volumeHolderSchema } from '#contract';
import { formatBytes, plural } from './figures.ts';

export class ErrorFacts {
  readonly #details: ErrorDetails;

  constructor(details: ErrorDetails) {
    this.#details = details;
  }

  /** A detail as text, or `fallback`. */
  text(key: string, fallback: string): string {
    const value = this.#details[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
  }

  has(key: string): boolean {
    return this.text(key, '') !== '';
  }

  bytes(key: string, fallback: string): string {
    const value = this.#details[key];
    return typeof value === 'number' ? formatBytes(value) : fallback;
  }

  get volume(): string {
    return this.has('volume') ? `the volume ${this.text('volume', '')}` : 'the volume';
  }

  get target(): string {
    return this.has('target') ? `the target ${this.text('target', '')}` : 'the target';
  }

  get repository(): string {
    return this.has('repository') ? `the repository ${this.text('repository', '')}` : 'the repository';
  }

  /** Who uses a volume: `mounted at /home, process postgres (812)`. */
  get holders(): string {
    const value = this.#details.holders;
    const holders = Array.isArray(value) ? value : [];
    return holders
      .map((holder) => {
        if (typeof holder === 'string') return holder;
        const parsed = volumeHolderSchema.safeParse(holder);
        if (!parsed.success) return '';
        const { kind, name, pid } = parsed.data;
        if (kind === 'mount') return `mounted at ${name}`;
        return `${kind} ${name}${pid === undefined ? '' : ` (${pid})`}`;
      })
      .filter((text) => text !== '')
      .join(', ');
  }

  /** What could not be undone. */
  get leftBehind(): string[] {
    const value = this.#details.leftBehind;
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  /** Where it happened: `4.00 KiB at offset 8192`. */
  get range(): string {
    const structure = this.text('structure', '');
    const offset = this.#details.offsetBytes;
    if (structure !== '' && typeof offset === 'number') return `${structure}, at byte ${offset} of the volume`;
    const parsed = byteRangeSchema.safeParse(this.#details.range);
    return parsed.success ? `${formatBytes(parsed.data.lengthBytes)} at offset ${parsed.data.offsetBytes}` : '';
  }

  /** What a restore that failed had already written: `1.20 GiB in 3 runs`. */
  get written(): string {
    const parsed = byteRangeSchema.array().safeParse(this.#details.written);
    if (!parsed.success || parsed.data.length === 0) return '';
    const sum = parsed.data.reduce((bytes, range) => bytes + range.lengthBytes, 0);
    return `${formatBytes(sum)} in ${plural(parsed.data.length, 'run')}`;
  }
}
