/** How the demonstration talks: numbered steps, the commands that are run, what came out, how long it took. */
import { stdout } from 'node:process';

const colour = stdout.isTTY && process.env.NO_COLOR === undefined;
const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = paint(1);
const dim = paint(2);
const green = paint(32);
const cyan = paint(36);

let steps = 0;
let started = performance.now();

export function title(text: string): void {
  console.log(`\n${bold(text)}\n`);
}

/** Opens the next numbered step. */
export function step(text: string): void {
  steps += 1;
  started = performance.now();
  console.log(`${bold(cyan(`${steps}`.padStart(2)))}  ${bold(text)}`);
}

/** A command as a person would type it. */
export function command(text: string): void {
  console.log(`    ${dim('$')} ${text}`);
}

export function line(text: string): void {
  console.log(`    ${text}`);
}

/** Another program's words, as they came. */
export function quote(text: string): void {
  for (const one of text.trimEnd().split('\n')) console.log(`    ${dim('│')} ${one}`);
}

/** Closes the step with its time. */
export function done(text: string): void {
  const seconds = (performance.now() - started) / 1000;
  console.log(`    ${green('✓')} ${text} ${dim(`(${seconds.toFixed(1)} s)`)}\n`);
}

/** The last words. */
export function proven(facts: readonly string[]): void {
  console.log(bold(green('PROVEN')));
  for (const fact of facts) console.log(`  ${green('✓')} ${fact}`);
  console.log('');
}

/** Bytes in binary units, three significant digits. */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${units[power]}`;
}
