/** What `stillframe web` says on standard output, for the program that started it. */
import type { WebHost } from './start-web-host.ts';

/** Exactly one line of JSON: `url` (with the token in its fragment) and `pid`. */
export function announcement(host: Pick<WebHost, 'url'>, pid: number = process.pid): string {
  return `${JSON.stringify({ url: host.url, pid })}\n`;
}
