/** Who may talk to the engine: a token in the address opens a session, a cookie continues it. */
import { timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '#engine/ports.ts';

/** 256 bits: cannot be guessed. */
const SECRET_BYTES = 32;
/** Wrong tokens that are answered as such per window; after that the answer is only "too many". */
const FAILURES_PER_WINDOW = 10;
const WINDOW_MS = 60_000;

export type Admission = 'admitted' | 'refused' | 'too-many';

/** The secrets of one start of the host. */
export class SessionGate {
  /** Goes into the fragment of the address, which browsers never send. Valid as long as the process lives. */
  readonly token: string;
  readonly cookieName: string;
  readonly #session: string;
  readonly #clock: Clock;
  #failures = 0;
  #windowStart = Number.NEGATIVE_INFINITY;

  constructor(ports: { clock: Clock; random: Random }, port: number) {
    this.#clock = ports.clock;
    this.token = Buffer.from(ports.random.bytes(SECRET_BYTES)).toString('base64url');
    this.#session = Buffer.from(ports.random.bytes(SECRET_BYTES)).toString('base64url');
    // Cookies are shared between ports: with the port in the name, two running hosts do not log each other out.
    this.cookieName = `stillframe_session_${port}`;
  }

  /**
   * Judges a token. The right one is admitted even after many failures: it cannot be found by trying, and a neighbour
   * on the machine must not be able to lock the owner out.
   */
  admit(token: unknown): Admission {
    if (typeof token === 'string' && equalSecrets(token, this.token)) return 'admitted';
    const now = this.#clock.monotonic();
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#failures = 0;
    }
    this.#failures++;
    return this.#failures > FAILURES_PER_WINDOW ? 'too-many' : 'refused';
  }

  /** `Set-Cookie` of an admitted client: out of reach of scripts and of other sites' requests. */
  setCookie(): string {
    return `${this.cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** True if a `Cookie` header carries the session. */
  holdsSession(header: string | undefined): boolean {
    return (header ?? '').split(';').some((pair) => {
      const at = pair.indexOf('=');
      return pair.slice(0, at).trim() === this.cookieName && equalSecrets(pair.slice(at + 1).trim(), this.#session);
    });
  }
}

/** Compares without telling by its duration where the first difference is. */
function equalSecrets(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
