/**
 * Takes a snapshot as a run does and holds it until its standard input ends, for tests that kill it:
 *
 *   node hold-snapshot-program.ts PROVIDER VOLUME FOLDER RUN-ID DEADLINE-MS
 *
 * Prints `begins`, then `taken` or `refused`, and `released`.
 */
import { once } from 'node:events';
import { PROVIDERS } from '../snapshots/registry.ts';
import { findVolume } from '../volumes/discover.ts';
import { ownIdentity } from '../volumes/process-identity.ts';
import { recordRun } from '../volumes/run-journal.ts';
import { testPorts } from './test-ports.ts';

const [name, volumeName = '', folder = '', runId = '', deadline = ''] = process.argv.slice(2);
const say = (word: string): void => {
  process.stdout.write(`${word}\n`);
};

const provider = PROVIDERS.find((row) => row.name === name)?.provider;
if (provider === undefined) throw new Error(`there is no provider ${name}`);
const ended = once(process.stdin.resume(), 'end');
const volume = await findVolume(volumeName);
await using journal = await recordRun({ ports: testPorts(folder), runId });
say('begins');
const options = { runId, owner: await ownIdentity(), journal, cache: {}, deadlineMs: Number(deadline) };
const snapshot = await provider.create(volume, options).catch((error: unknown) => {
  say(`refused ${String(error)}`);
  return undefined;
});
if (snapshot !== undefined) {
  say('taken');
  await ended;
  await provider.release(snapshot);
  say('released');
}
