/**
 * Mounts a volume to look at it and waits until its standard input ends, for tests that kill it:
 *
 *   node look-mount-program.ts VOLUME FOLDER
 *
 * Prints the mount point.
 */
import { once } from 'node:events';
import { FileVolumes } from '../session/file-volumes.ts';
import { LookMounts } from '../session/look-mounts.ts';
import { VolumeService } from '../session/volume-service.ts';
import { testPorts } from './test-ports.ts';

const [volume = '', folder = ''] = process.argv.slice(2);
const ports = testPorts(folder);
const volumes = new VolumeService(new FileVolumes(ports.directories.config));
await using mounts = new LookMounts({ ports, volumes, tasks: { list: () => [] }, folder: `${folder}/look` });
const ended = once(process.stdin.resume(), 'end');
process.stdout.write(`${(await mounts.mount(volume)).mountPoint}\n`);
await ended;
