import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../base/errors.ts';
import { listBlockDevices, parseLsblk } from './lsblk.ts';

const GiB = 2 ** 30;

async function fixture(name: string): Promise<string> {
  return readFile(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
}

async function devices(name: string) {
  return parseLsblk(await fixture(name));
}

describe('lsblk output', () => {
  it('NVMe with LUKS and LVM: a chain down to the volumes', async () => {
    const found = await devices('nvme-luks-lvm');
    expect(found.map((device) => [device.path, device.kind, device.parents[0]])).toEqual([
      ['/dev/nvme0n1', 'disk', undefined],
      ['/dev/nvme0n1p1', 'partition', '/dev/nvme0n1'],
      ['/dev/nvme0n1p2', 'partition', '/dev/nvme0n1'],
      ['/dev/nvme0n1p3', 'partition', '/dev/nvme0n1'],
      ['/dev/mapper/cryptroot', 'crypt', '/dev/nvme0n1p3'],
      ['/dev/mapper/vg0-root', 'lv', '/dev/mapper/cryptroot'],
      ['/dev/mapper/vg0-swap', 'lv', '/dev/mapper/cryptroot'],
      ['/dev/mapper/vg0-home', 'lv', '/dev/mapper/cryptroot'],
    ]);
    expect(found[7]).toMatchObject({
      number: '254:3',
      sizeBytes: 400 * GiB,
      label: 'home',
      model: 'Samsung SSD 980 PRO 512GB',
      transport: 'nvme',
    });
  });

  it('a mirror appears once, with both members as parents', async () => {
    const mirror = (await devices('md-raid')).filter((device) => device.kind === 'raid');
    expect(mirror).toHaveLength(1);
    expect(mirror[0]).toMatchObject({
      path: '/dev/md0',
      parents: ['/dev/sda1', '/dev/sdb1'],
      physicalSectorBytes: 4096,
    });
  });

  it('USB stick, empty card reader, DVD', async () => {
    const found = await devices('usb-stick');
    expect(found.map((device) => device.path)).toEqual(['/dev/sdc', '/dev/sdc1', '/dev/sr0']);
    expect(found[0]).toMatchObject({ removable: true, transport: 'usb' });
    expect(found[2]).toMatchObject({ kind: 'rom', logicalSectorBytes: 2048 });
  });

  it('a multipath LUN is one disk', async () => {
    const found = await devices('multipath');
    expect(found.filter((device) => device.path === '/dev/mapper/mpatha')).toMatchObject([{ kind: 'disk' }]);
    expect(found.filter((device) => device.path === '/dev/mapper/mpatha1')).toHaveLength(1);
  });

  it('leaves out unattached loop devices and memory disks', async () => {
    const found = await devices('loop-and-ram');
    expect(found.map((device) => [device.path, device.readOnly])).toEqual([['/dev/loop0', true]]);
  });

  it('reads the strings of older versions', async () => {
    const [disk, partition] = await devices('strings-of-util-linux-2.33');
    expect(disk).toMatchObject({ number: '8:0', sizeBytes: 64424509440, readOnly: false, model: 'VBOX HARDDISK' });
    expect(partition).toMatchObject({ parents: ['/dev/sda'], logicalSectorBytes: 512 });
  });

  it('leaves out a device that is just going away, and keeps the others', async () => {
    const { blockdevices } = JSON.parse(await fixture('usb-stick')) as { blockdevices: Record<string, unknown>[] };
    const going = blockdevices.map((device) =>
      device.kname === 'sdc' ? { ...device, 'log-sec': null, 'phy-sec': null, size: 0, children: undefined } : device,
    );
    const found = parseLsblk(JSON.stringify({ blockdevices: going }));
    expect(found.map((device) => device.path)).toEqual(['/dev/sr0']);
    const [stillSized] = going.map((device) => ({ ...device, size: 4096 }));
    expect(parseLsblk(JSON.stringify({ blockdevices: [stillSized] }))).toEqual([]);
  });

  it.each(['', 'lsblk: unknown column', 'null', '[]', '{"blockdevices":{}}', '{"blockdevices":[{"kname":"sda"}]}'])(
    'refuses %j',
    (output) => {
      expect(() => parseLsblk(output)).toThrow(EngineError);
    },
  );

  it('answers hostile changes with devices or a typed error', async () => {
    const original: unknown = JSON.parse(await fixture('md-raid'));
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 1e300, '../../etc', '9'.repeat(400)));
    fc.assert(
      fc.property(
        fc.constantFrom('size', 'path', 'maj:min', 'children', 'ro', 'log-sec', 'type'),
        odd,
        (key, value) => {
          const changed = JSON.parse(JSON.stringify(original), (name: string, old: unknown) =>
            name === key ? value : old,
          );
          try {
            for (const device of parseLsblk(JSON.stringify(changed))) {
              expect(Number.isSafeInteger(device.sizeBytes)).toBe(true);
              expect(device.path.startsWith('/')).toBe(true);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(EngineError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('asks the real one', async () => {
    for (const device of await listBlockDevices()) expect(device.number).toMatch(/^\d+:\d+$/);
  });
});
