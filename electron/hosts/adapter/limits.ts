/** How large a request may be. Real ones have some twenty elements and less than two kilobytes. */

/** Largest request, in bytes. */
export const MOST_REQUEST_BYTES = 64 * 1024;
/** Elements inside each other; a request needs four. */
export const MOST_DEPTH = 8;
export const MOST_ELEMENTS = 1000;
/** Longest name of an element, in characters. */
export const LONGEST_NAME = 64;
/** Longest text of one element, in characters. */
export const LONGEST_TEXT = 16 * 1024;
/** Command lines that one request may ask for. */
export const MOST_COMMANDS = 100;
/** Longest `timeout-secs`: what a timer can wait, not quite 25 days. */
export const LONGEST_TIMEOUT_SECONDS = 2_147_483;
