/** This computer and its system. */
import { readFile } from 'node:fs/promises';
import { arch, cpus, hostname, machine, release, totalmem, uptime, version } from 'node:os';

export interface MachineFacts {
  hostName: string;
  /** Of the system, `Debian GNU/Linux 12 (bookworm)`. */
  system: string;
  kernel: string;
  kernelBuild: string;
  architecture: string;
  processor: string;
  processorCount: number;
  memoryBytes: number;
  uptimeSeconds: number;
  timeZone: string;
  locale: string;
  node: string;
}

export async function machineFacts(): Promise<MachineFacts> {
  const [first] = cpus();
  return {
    hostName: hostname(),
    system: await systemName(),
    kernel: release(),
    kernelBuild: version(),
    architecture: `${machine()} (${arch()})`,
    processor: first?.model.trim() ?? '',
    processorCount: cpus().length,
    memoryBytes: totalmem(),
    uptimeSeconds: Math.round(uptime()),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: process.env.LC_ALL || process.env.LC_TIME || process.env.LANG || 'C',
    node: process.version,
  };
}

/** `PRETTY_NAME` of os-release(5). */
async function systemName(): Promise<string> {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const [, name] = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text) ?? [];
    if (name) return name;
  }
  return '';
}
