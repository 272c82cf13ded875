/** exFAT's checksum of a boot region. Source: "exFAT file system specification", section 3.4. */

/** Bytes of the boot sector that change while mounted and are left out: `VolumeFlags` and `PercentInUse`. */
const LEFT_OUT = new Set([106, 107, 112]);

/** Checksum of the eleven sectors of a boot region before the checksum sector. */
export function bootChecksum(sectors: Buffer): number {
  let sum = 0;
  for (let at = 0; at < sectors.length; at++) {
    if (at <= 112 && LEFT_OUT.has(at)) continue;
    sum = (((sum << 31) | (sum >>> 1)) + (sectors[at] ?? 0)) >>> 0;
  }
  return sum;
}

/** True if the checksum sector repeats this sum from its start to its end. */
export function checksumHolds(sum: number, checksumSector: Buffer): boolean {
  for (let at = 0; at < checksumSector.length; at += 4) {
    if (checksumSector.readUInt32LE(at) !== sum) return false;
  }
  return true;
}
