/** Tables of many shapes, as scripts of sfdisk. */

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** `sectorBytes` 512 unless said otherwise; other sizes need loop devices, as sfdisk asks the device. */
export interface MatrixRow {
  name: string;
  script: string;
  sizeBytes?: number;
  sectorBytes?: number;
}

const MIB = 1024 * 1024;
const EFI = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';
const SWAP = '0657FD6D-A4AB-43C4-84E5-0933C84B4F4F';

export const MATRIX: readonly MatrixRow[] = [
  { name: 'an empty GPT', script: 'label: gpt\n' },
  {
    name: 'a GPT with names, attributes and gaps',
    script: [
      'label: gpt',
      'label-id: 1B9A23F4-0D2C-4A7B-8C2E-9F1A0B3C4D5E',
      `1 : start=2048, size=8192, type=${EFI}, name="EFI System Partition", attrs="RequiredPartition"`,
      `3 : start=40960, size=2048, type=${SWAP}, name="gr\\xc3\\xb6\\xc3\\x9fe \\x22q\\x22"`,
      '7 : start=20480, size=4096, attrs="NoBlockIOProtocol LegacyBIOSBootable GUID:48,60,63"',
      '',
    ].join('\n'),
  },
  {
    name: 'a GPT full from the first to the last usable sector',
    script: 'label: gpt\nfirst-lba: 34\n1 : start=34, size=1\n2 : start=35\n',
  },
  {
    name: 'a GPT with 128 partitions',
    script: `label: gpt\n${range(128)
      .map((i) => `${i + 1} : start=${2048 + i * 64}, size=64, name="p${i}"`)
      .join('\n')}\n`,
  },
  {
    name: 'a GPT with room for 256 and a partition in slot 200',
    script: 'label: gpt\ntable-length: 256\nfirst-lba: 2048\n200 : start=4096, size=2048\n2 : start=8192, size=2048\n',
  },
  { name: 'a GPT with room for 4 only', script: 'label: gpt\ntable-length: 4\n4 : start=4096, size=2048\n' },
  {
    name: 'a GPT on sectors of 4096 bytes',
    sectorBytes: 4096,
    script: 'label: gpt\n1 : start=256, size=1024, name="a"\n2 : start=4096, size=2048\n',
  },
  {
    name: 'a GPT on a disk of 9 TiB',
    sizeBytes: 9 * 1024 ** 4,
    script: 'label: gpt\n1 : start=2048, size=17179869184\n2 : start=17179871232, name="far"\n',
  },
  { name: 'a GPT on a disk with an odd rest', sizeBytes: 64 * MIB + 300, script: 'label: gpt\n1 : size=2048\n' },
  { name: 'an empty MBR', script: 'label: dos\nlabel-id: 0x1a2b3c4d\n' },
  {
    name: 'an MBR with four primaries out of order',
    script: [
      'label: dos',
      'label-id: 0x00abcdef',
      '1 : start=60000, size=2048, type=7',
      '2 : start=2048, size=2048, type=c, bootable',
      '3 : start=10240, size=2048, type=82',
      '4 : start=20480, size=2048, type=a5',
      '',
    ].join('\n'),
  },
  { name: 'an MBR with one primary in slot 3', script: 'label: dos\n3 : start=63, size=1000, type=83\n' },
  {
    name: 'an MBR with logical partitions',
    script: [
      'label: dos',
      'label-id: 0xdeadbeef',
      '1 : start=2048, size=8192, type=83, bootable',
      '2 : start=20480, size=100000, type=f',
      '5 : start=22528, size=2048, type=83',
      '6 : start=30720, size=4096, type=82',
      '7 : start=40960, size=2048, type=8e, bootable',
      '',
    ].join('\n'),
  },
  {
    name: 'an MBR whose chain of logical partitions goes back and forth',
    script: [
      'label: dos',
      '4 : start=2048, size=120000, type=5',
      '5 : start=4096, size=2048, type=83',
      '6 : start=60000, size=1000, type=83',
      '7 : start=10000, size=500, type=82',
      '8 : start=30000, size=500, type=83',
      '',
    ].join('\n'),
  },
  {
    name: 'an MBR with tight logical partitions',
    script: [
      'label: dos',
      '1 : start=2048, size=20480, type=85',
      '5 : start=2049, size=63, type=83',
      '6 : start=2113, size=1000, type=83',
      '',
    ].join('\n'),
  },
  { name: 'an MBR with an empty extended partition', script: 'label: dos\n2 : start=2048, size=20480, type=5\n' },
  {
    name: 'an MBR with 56 logical partitions',
    script: `label: dos\n1 : start=2048, size=120000, type=5\n${range(56)
      .map((i) => `${i + 5} : start=${2049 + i * 2000}, size=900, type=83`)
      .join('\n')}\n`,
  },
  {
    name: 'an MBR without a disk signature',
    script: 'label: dos\nlabel-id: 0x00000000\n1 : start=2048, size=2048, type=83\n',
  },
  {
    name: 'an MBR on sectors of 4096 bytes',
    sectorBytes: 4096,
    script:
      'label: dos\n1 : start=256, size=1000, type=83\n2 : start=2048, size=8000, type=5\n5 : start=2304, size=500, type=83\n',
  },
  {
    name: 'an MBR that ends at 2 TiB',
    sizeBytes: 2 * 1024 ** 4,
    script: 'label: dos\n1 : start=2048, size=4294965247, type=83\n',
  },
];
