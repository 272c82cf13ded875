/**
 * What a grid size costs: bytes stored of the benchmark's volume, bytes added by its 1 % change, index size, time.
 *
 *   node e2e/bench/grid.ts VOLUME CHANGED [KIB…]
 *
 * Seals in memory and throws the packs away, so that only the grid differs. Figures: docs/decisions/008-grid.md.
 */
import { readUsedMapOf } from '#engine/filesystems/used-map.ts';
import { ID_BYTES, MASTER_KEY_BYTES, native, type SealerProgress } from '#engine/native.ts';

const MIB = 1024 * 1024;
const GAP_BYTES = 32 * 1024;
const PACK_BYTES = 32 * MIB;

/** Seals one volume; resolves with the counters and the ids of everything known afterwards. */
async function seal(path: string, gridBytes: number, knownIds: Uint8Array) {
  const { extents } = await readUsedMapOf(path, { gapBytes: GAP_BYTES });
  const device = native().openDevice(path);
  const sealer = native().createSealer({
    device,
    sizeBytes: device.facts().sizeBytes,
    extents,
    gridBytes,
    key: new Uint8Array(MASTER_KEY_BYTES).fill(7),
    zstdLevel: 1,
    knownIds,
  });
  const ids: Uint8Array[] = [knownIds];
  const started = performance.now();
  const buffer = new Uint8Array(Math.max(PACK_BYTES, gridBytes * 2));
  for (let pack = await sealer.fillPack(buffer); pack; pack = await sealer.fillPack(buffer)) {
    ids.push(pack.blobs.ids.slice(0, pack.blobs.count * ID_BYTES));
  }
  const { progress } = sealer.finish();
  sealer.close();
  device.close();
  return { progress, ids: Buffer.concat(ids), seconds: (performance.now() - started) / 1000 };
}

const mib = ({ storedBytes }: SealerProgress): string => (storedBytes / MIB).toFixed(1).padStart(9);

const [volume = '', changed = '', ...sizes] = process.argv.slice(2);
console.log('grid KiB  stored MiB  change MiB     blobs   wall s');
for (const kib of sizes.length > 0 ? sizes.map(Number) : [256, 512, 1024, 2048, 4096]) {
  const first = await seal(volume, kib * 1024, new Uint8Array());
  const second = await seal(changed, kib * 1024, first.ids);
  const blobs = first.ids.length / ID_BYTES;
  const columns = [String(kib).padStart(8), mib(first.progress), ` ${mib(second.progress)}`, String(blobs).padStart(9)];
  console.log(columns.join('  '), first.seconds.toFixed(2).padStart(7));
}
