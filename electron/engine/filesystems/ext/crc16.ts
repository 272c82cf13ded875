/** CRC-16, the checksum of ext4's block group descriptors under `uninit_bg`. */

function reflectedCrc16Table(): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xa001 : value >>> 1;
    return value;
  });
}

const CRC16 = reflectedCrc16Table();

/** CRC-16 (polynomial 0x8005, reflected) with a running value. */
export function crc16(seed: number, bytes: Uint8Array): number {
  let crc = seed & 0xffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC16[(crc ^ byte) & 0xff] ?? 0);
  return crc;
}
