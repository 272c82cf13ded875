/**
 * Measures the sealer: `node native/test/bench-sealer.ts VOLUME [--level=3] [--grid=524288] [--pack=16777216]
 * [--buffers=3] [--threads=N] [--extents=FILE] [--out=FOLDER]`. VOLUME is only read. FILE holds JSON `[[offset, length], …]`; without it the
 * volume is read whole. With FOLDER finished packs are written there with `writeFile`, else they are dropped.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MASTER_KEY_BYTES, native } from '../index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    level: { type: 'string', default: '3' },
    grid: { type: 'string', default: String(512 << 10) },
    pack: { type: 'string', default: String(16 << 20) },
    buffers: { type: 'string', default: '3' },
    threads: { type: 'string' },
    extents: { type: 'string' },
    out: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const [volume] = positionals;
if (volume === undefined) throw new Error('usage: bench-sealer.ts VOLUME [options]');

const device = native().openDevice(volume);
const { sizeBytes } = device.facts();
const extents: [number, number][] =
  values.extents === undefined ? [[0, sizeBytes]] : JSON.parse(readFileSync(values.extents, 'utf8'));
const started = performance.now();
const cpuStarted = process.cpuUsage();
const sealer = native().createSealer({
  device,
  sizeBytes,
  extents: Float64Array.from(extents.flat()),
  gridBytes: Number(values.grid),
  key: randomBytes(MASTER_KEY_BYTES),
  zstdLevel: Number(values.level),
  knownIds: new Uint8Array(0),
  selfCheck: values.check,
  ...(values.threads === undefined ? {} : { threads: Number(values.threads) }),
});
let packs = 0;
const pump = async () => {
  const buffer = new Uint8Array(Number(values.pack));
  for (let pack = await sealer.fillPack(buffer); pack !== null; pack = await sealer.fillPack(buffer)) {
    packs += 1;
    if (values.out !== undefined) {
      await native().writeFile(join(values.out, pack.packId), buffer.subarray(0, pack.lengthBytes));
    }
  }
};
await Promise.all(Array.from({ length: Number(values.buffers) }, pump));
const { progress } = sealer.finish();
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuStarted);
sealer.close();
process.stdout.write(
  `${JSON.stringify({
    seconds: Number(seconds.toFixed(2)),
    cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(2)),
    readGBs: Number((progress.readBytes / seconds / 1e9).toFixed(2)),
    packs,
    rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    ...progress,
  })}\n`,
);
