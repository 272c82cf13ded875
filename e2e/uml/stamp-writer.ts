/**
 * Stamps the sectors of a device in an order that follows from the seed, past the page cache and each one durable, as
 * fast as it can, for ever. After each write its sequence number goes to a small file.
 *
 *   node e2e/uml/stamp-writer.ts DEVICE SECTORS SEED PROGRESS-FILE
 */
import { constants, openSync, writeSync } from 'node:fs';
import { STAMP_BYTES, sectorOrder, stamp } from './stamps.ts';

const [device = '', sectors = '', seed = '', progress = ''] = process.argv.slice(2);
const { O_DIRECT, O_SYNC, O_WRONLY } = constants;
const volume = openSync(device, O_WRONLY | O_DIRECT | O_SYNC);
const told = openSync(progress, 'w');
// Its memory begins on a page, as O_DIRECT demands.
const sector = Buffer.from(new WebAssembly.Memory({ initial: 1 }).buffer, 0, STAMP_BYTES);
const number = Buffer.alloc(8);
const next = sectorOrder(Number(seed), Number(sectors));
for (let sequence = 1; ; sequence++) {
  const at = next();
  stamp(sector, at, sequence);
  writeSync(volume, sector, 0, STAMP_BYTES, at * STAMP_BYTES);
  number.writeBigUInt64LE(BigInt(sequence));
  writeSync(told, number, 0, number.length, 0);
}
