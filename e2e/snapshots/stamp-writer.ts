/**
 * A program that overwrites the blocks of one file in a random order at full speed, each durably before the next:
 * block = [block number, sequence number, checksum of both, filled up]. So what a snapshot may hold is known exactly.
 *
 *   node stamp-writer.ts FILE BLOCKS SEED       prints `ready`, then on each line that it reads the last sequence number
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { blockOf, blockOrder, STAMP_BYTES } from './stamps.ts';

const [path = '', blocksText = '', seedText = ''] = process.argv.slice(2);
const blocks = Number(blocksText);
const next = blockOrder(blocks, Number(seedText));

const file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC);
let sequence = 0;
const stamp = (block: number): void => {
  sequence++;
  writeSync(file, blockOf(block, sequence), 0, STAMP_BYTES, block * STAMP_BYTES);
};
for (let block = 0; block < blocks; block++) stamp(block);
process.stdout.write('ready\n');

let ended = false;
const input = createInterface({ input: process.stdin });
input.on('line', () => process.stdout.write(`${sequence}\n`));
input.on('close', () => {
  ended = true;
});
function work(): void {
  for (let burst = 0; burst < 20; burst++) stamp(next());
  if (ended) closeSync(file);
  else setImmediate(work);
}
work();
