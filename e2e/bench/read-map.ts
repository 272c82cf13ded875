/** Reads one volume's used extents and prints the figures as JSON; a process of its own, so that its memory counts. */
import { readUsedMapOf } from '#engine/filesystems/used-map.ts';

const GAP_BYTES = 32 * 1024;

const [path = ''] = process.argv.slice(2);
const started = performance.now();
const { facts, summary } = await readUsedMapOf(path, { gapBytes: GAP_BYTES });
const seconds = (performance.now() - started) / 1000;
const { type } = facts;
const { mode, extentCount, usedBytes, warnings } = summary;
console.log(JSON.stringify({ type, mode, extentCount, usedBytes, warnings, seconds }));
