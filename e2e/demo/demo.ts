/**
 * `npm run demo`: a real ext4 volume is backed up, changed, backed up again, destroyed, restored and proven identical,
 * with the command line that people use. Root gets a loop device, everybody else a volume in a file.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endPrograms, has, run } from '../driver/programs.ts';
import { environmentOf, type Place, type Stillframe, stillframeAt } from '../driver/stillframe.ts';
import { holidayFiles, laterChanges } from './files.ts';
import { command, done, line, proven, quote, size, step, title } from './narrator.ts';
import { buildStage, type Stage, VOLUME_BYTES } from './stage.ts';

/** e2fsck's exit code for a file system without a fault. */
const CLEAN = 0;

async function tell(folder: string): Promise<void> {
  const place: Place = {
    repository: join(folder, 'repository'),
    passwordFile: join(folder, 'passphrase'),
    home: join(folder, 'home'),
  };
  await writeFile(place.passwordFile, `${randomBytes(16).toString('hex')}\n`, { mode: 0o600 });
  const stillframe = stillframeAt(place);
  title('Stillframe: a volume is backed up, destroyed, restored, and proven identical');

  step('Make a volume with files on it');
  const stage = await buildStage(folder, holidayFiles());
  line(`${stage.volume}: ext4 “holiday”, ${size(VOLUME_BYTES)}, a ${stage.kind}`);
  if (stage.kind === 'file volume') line('(as root, this would be a loop device: a real block device)');
  done(`${(await stage.hashes()).size} files`);

  step('Create an encrypted repository');
  command('stillframe init');
  await stillframe.init();
  done(place.repository);

  const facts = [await firstBackup(stillframe, stage), await secondBackup(stillframe, stage)];
  const expected = await stage.hashes();

  step('Destroy the volume: every byte becomes 0xAA');
  await stage.destroy();
  const damage = await stage.check();
  if (damage === CLEAN) throw new Error('e2fsck found a file system on the destroyed volume');
  done(`e2fsck finds no file system any more (exit code ${damage})`);

  facts.push(...(await restoreAndProve(stillframe, stage, expected)), ...(await askRestic(place)));
  proven(facts);
  console.log('The same repository in the window:');
  const settings = Object.entries(environmentOf(place)).slice(0, 2);
  console.log(`  ${settings.map(([name, value]) => `${name}=${value}`).join(' ')} npm start\n`);
  console.log(`It stays in ${folder}; delete that folder when you have seen enough.\n`);
}

async function firstBackup(stillframe: Stillframe, stage: Stage): Promise<string> {
  step('Back the volume up as an image');
  command(`stillframe backup image ${stage.volume}`);
  const result = await stillframe.backup(stage.volume);
  const { readBytes, storedBytes } = result.counters;
  done(`${size(readBytes)} in use read, ${size(storedBytes)} stored, compressed and encrypted`);

  step('Look at it: File Details');
  command('stillframe query image -detail');
  quote(await stillframe.text('query', 'image', '-detail'));
  done(`image ${result.image.id.slice(0, 8)}`);
  return `backed up ${size(VOLUME_BYTES)} by reading the ${size(readBytes)} in use and storing ${size(storedBytes)}`;
}

async function secondBackup(stillframe: Stillframe, stage: Stage): Promise<string> {
  step('Change some files, and back up again');
  const changes = laterChanges();
  await stage.change(changes);
  line(changes.map((one) => `${one.content === undefined ? 'deleted' : 'wrote'} ${one.path}`).join(', '));
  command(`stillframe backup image ${stage.volume}`);
  const { storedBytes, deduplicatedBytes } = (await stillframe.backup(stage.volume)).counters;
  done(`only ${size(storedBytes)} stored; ${size(deduplicatedBytes)} were there already`);
  return `the second backup stored only what had changed: ${size(storedBytes)}`;
}

async function restoreAndProve(
  stillframe: Stillframe,
  stage: Stage,
  expected: ReadonlyMap<string, string>,
): Promise<string[]> {
  step('Restore the latest image onto it');
  command(`stillframe restore image ${stage.volume}`);
  const result = await stillframe.restore(stage.volume, stage.volume);
  done(`${size(result.writtenBytes)} written, ${size(result.verifiedBytes)} read back and found equal`);

  step('Prove that it is the same volume');
  command(`e2fsck -fn ${stage.volume}`);
  const code = await stage.check();
  if (code !== CLEAN) throw new Error(`e2fsck found faults on the restored volume (exit code ${code})`);
  const found = await stage.hashes();
  const wrong = [...expected].filter(([path, hash]) => found.get(path) !== hash).map(([path]) => path);
  const extra = [...found.keys()].filter((path) => !expected.has(path));
  if (wrong.length + extra.length > 0)
    throw new Error(`files differ after the restore: ${[...wrong, ...extra].join(', ')}`);
  done(`e2fsck finds no fault; ${found.size} of ${expected.size} files have the SHA-256 they had before`);
  return [
    `restored after every byte was overwritten; read-back compared ${size(result.verifiedBytes)}`,
    `e2fsck -fn finds no fault, all ${found.size} files have the same SHA-256 as before`,
  ];
}

/** A second opinion from a program that is not ours. */
async function askRestic(place: Place): Promise<string[]> {
  step('Ask restic, which knows nothing of us');
  if (!(await has('restic'))) {
    line('restic is not installed; on Debian: sudo apt-get install restic');
    done('skipped');
    return [];
  }
  const env = { RESTIC_CACHE_DIR: `${place.home}/restic-cache` };
  const common = ['--repo', place.repository, '--password-file', place.passwordFile];
  command('restic check --read-data');
  await run('restic', [...common, 'check', '--read-data'], { env });
  command('restic snapshots');
  quote((await run('restic', [...common, 'snapshots', '--compact'], { env })).stdout);
  done('restic reads and verifies every byte of the repository');
  return ['restic check --read-data finds no errors: the images can be read without Stillframe'];
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stillframe-demo-'));
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      stopped = true;
      await endPrograms();
      process.exit(130);
    });
  }
  try {
    await tell(folder);
  } catch (error) {
    if (stopped) return;
    console.error(`\nThe demonstration failed: ${error instanceof Error ? error.message : String(error)}`);
    console.error(`What it left for a look: ${folder}`);
    process.exitCode = 1;
  }
}

await main();
